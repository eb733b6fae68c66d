import { registerEnumType } from "type-graphql";
import { SignalProgress } from "../decisions/progress.ts";

registerEnumType(SignalProgress, {
  name: "SignalProgress",
  description:
    "How far a signal is. It never goes back, and tells nothing of where, or whether, the child is enrolled: a child whom nobody could match is DELIVERED as well.",
  valuesConfig: {
    SENT: { description: "Accepted here; on its way to Leerplicht." },
    DELIVERED: { description: "Leerplicht has it, and it is on its way to a person." },
    SEEN: { description: "A person who can support the child has seen it." },
    SUPPORTED: { description: "The child was met with support. Final." },
    WITHDRAWN: {
      description:
        "You took it back. Final, unless it turns out that the signal had ended before: then it becomes SUPPORTED or CLOSED.",
    },
    CLOSED: { description: "An officer ended it without a school. Final." },
  },
});

export { SignalProgress };
