import type { Spoil } from "../world/connection.ts";

/** What becomes of one event on its way to a dashboard. */
export type Plant = "lost" | "repeated";

/**
 * Loses or repeats one event of a subscription: a whole frame, so that the stream stays sound and nobody but the reader
 * can notice.
 * @param isDue is asked at each event; the plant is done where it says so.
 */
export function spoilEvent(plant: Plant, isDue: () => boolean): Spoil {
  let isUpgraded = false;
  let waiting: Buffer = Buffer.alloc(0);
  return (chunk) => {
    waiting = Buffer.concat([waiting, chunk]);
    const passed: Buffer[] = [];
    if (!isUpgraded) {
      const end = waiting.indexOf("\r\n\r\n");
      if (end < 0) return Buffer.alloc(0);
      passed.push(waiting.subarray(0, end + 4));
      waiting = waiting.subarray(end + 4);
      isUpgraded = true;
    }
    for (let length = frameLength(waiting); length !== undefined; length = frameLength(waiting)) {
      const frame = waiting.subarray(0, length);
      waiting = waiting.subarray(length);
      const isEvent = frame.includes('"signalEvents"');
      if (!(isEvent && isDue())) passed.push(frame);
      else if (plant === "repeated") passed.push(frame, frame);
    }
    return Buffer.concat(passed);
  };
}

/** @returns of the first frame that a server sent, with its header; undefined where it is not whole yet (RFC 6455, 5.2). */
function frameLength(bytes: Buffer): number | undefined {
  if (bytes.length < 2) return undefined;
  const short = (bytes[1] as number) & 0x7f;
  const header = short === 126 ? 4 : short === 127 ? 10 : 2;
  if (bytes.length < header) return undefined;
  const payload = short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
  return bytes.length < header + payload ? undefined : header + payload;
}
