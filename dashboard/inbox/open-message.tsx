import { Button } from "@nl-design-system-candidate/button-react";
import { Heading } from "@nl-design-system-candidate/heading-react";
import { Paragraph } from "@nl-design-system-candidate/paragraph-react";
import type { Ask } from "../api/ask.ts";
import { CoverLine } from "../elements/cover-line.tsx";
import { FocusedHeading } from "../elements/focused-heading.tsx";
import { Notice } from "../elements/notice.tsx";
import { useCover } from "../elements/use-cover.ts";
import { useNow } from "../elements/use-now.ts";
import { useLanguage, useTexts } from "../language/language.ts";
import { dayOf, momentOf } from "../language/moments.ts";
import { Actions } from "./actions.tsx";
import type { InboxEvent } from "./inbox.ts";
import type { Message } from "./operations.ts";
import { useMessage } from "./use-message.ts";

/** One message, for as long as somebody looks at it. Its content is in this view's memory, and goes with it. */
export function OpenMessage(props: {
  readonly id: string;
  readonly ask: Ask;
  readonly lastEvent: InboxEvent | undefined;
  /** Whether the person is the teacher whom it was handed over to, who may say that support was given. */
  readonly isTeacher: boolean;
  /** @param why said in the list, where there is something to say. */
  readonly onClose: (why?: string) => void;
}) {
  const { id, ask, lastEvent, isTeacher, onClose } = props;
  const { message: texts, inbox } = useTexts();
  const cover = useCover(() => onClose(texts.covered));
  const { message, staff, failure, gestures } = useMessage(id, ask, lastEvent, () => onClose(inbox.withdrawn));
  return (
    // Who chooses something is looking: it must not go under their hands.
    <article className="message" onInput={cover.showLonger} onFocus={cover.showLonger}>
      <Button purpose="subtle" onClick={() => onClose()}>
        {texts.back}
      </Button>
      {message?.pupil ? (
        <>
          <Content message={message} />
          <Notice>{gestures.notice}</Notice>
          <Actions message={message} isTeacher={isTeacher} staff={staff} gestures={gestures} onClose={onClose} />
          <CoverLine cover={cover} />
        </>
      ) : (
        <>
          <FocusedHeading>{inbox.message}</FocusedHeading>
          <Notice>{failure ?? texts.loading}</Notice>
        </>
      )}
    </article>
  );
}

function Content({ message }: { readonly message: Message }) {
  const { message: texts } = useTexts();
  const language = useLanguage();
  const now = useNow(60_000);
  const { pupil, supportOn, erasesAt, handedTo } = message;
  return (
    <>
      <FocusedHeading>{pupil?.displayName}</FocusedHeading>
      {message.practice && <p className="message__group">{texts.practice}</p>}
      {pupil?.group && <p className="message__group">{pupil.group.name}</p>}
      <Paragraph purpose="lead">{message.message}</Paragraph>
      <dl className="facts">
        <div>
          <dt>{texts.supportOn}</dt>
          <dd>{dayOf(supportOn, language)}</dd>
        </div>
        <div>
          <dt>{texts.erasesAt}</dt>
          <dd>{momentOf(new Date(erasesAt), now, language)}</dd>
        </div>
        {handedTo && (
          <div>
            <dt>{texts.handedTo}</dt>
            <dd>{handedTo.name}</dd>
          </div>
        )}
      </dl>
      <section className="gestures">
        <Heading level={2}>{texts.gestures}</Heading>
        <ol>
          {texts.gestureList.map(({ title, text }) => (
            <li key={title}>
              <strong>{title}</strong>
              <span>{text}</span>
            </li>
          ))}
        </ol>
        <Paragraph>{texts.doNotAsk}</Paragraph>
      </section>
    </>
  );
}
