import "graphiql/setup-workers/vite";
import "graphiql/style.css";
import "./explorer.css";
import { createRoot } from "react-dom/client";
import { readSettings } from "../session/settings.ts";
import { beginSignIn, finishSignIn } from "../session/sign-in.ts";
import { Explorer } from "./explorer.tsx";
import { Refused } from "./refused.tsx";

const settings = await readSettings();
const returned = await finishSignIn(settings);
const signIn = () => beginSignIn(settings, "en");
const place = document.getElementById("explorer");
// Who was refused would be sent to and fro for ever.
if (returned === undefined) await signIn();
else if (place) {
  const { session } = returned;
  createRoot(place).render(session ? <Explorer session={session} /> : <Refused onSignIn={() => void signIn()} />);
}
