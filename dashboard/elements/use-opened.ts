import { useCallback, useRef, useState } from "react";

/** What is open on a screen beside its list. */
export interface Opened {
  /** Undefined while the list is shown. */
  readonly id: string | undefined;
  /** What was open last. */
  readonly lastId: string | undefined;
  /** Where in the list it stood: when it is done, the next one has its place. */
  readonly lastPlace: number | undefined;
  /** What is to be said in the list. */
  readonly notice: string | undefined;
  open(id: string, place?: number): void;
  /** Closes this one. An answer may come late: by then something else may be open, which stays. */
  close(id: string, why?: string): void;
}

export function useOpened(): Opened {
  const [id, setId] = useState<string>();
  const [notice, setNotice] = useState<string>();
  const last = useRef<{ readonly id: string; readonly place: number | undefined }>(undefined);
  const open = useCallback((opened: string, place?: number) => {
    last.current = { id: opened, place };
    setNotice(undefined);
    setId(opened);
  }, []);
  const close = useCallback((closed: string, why?: string) => {
    setId((present) => (present === closed ? undefined : present));
    setNotice(why);
  }, []);
  return { id, lastId: last.current?.id, lastPlace: last.current?.place, notice, open, close };
}
