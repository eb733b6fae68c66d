import "graphiql/setup-workers/vite";
import "graphiql/style.css";
import "./explorer.css";
import { createRoot } from "react-dom/client";
import { readSettings } from "../session/settings.ts";
import { beginSignIn, finishSignIn } from "../session/sign-in.ts";
import { Explorer } from "./explorer.tsx";

const settings = await readSettings();
const session = (await finishSignIn(settings))?.session;
const place = document.getElementById("explorer");
if (session === undefined) await beginSignIn(settings, "en");
else if (place) createRoot(place).render(<Explorer session={session} />);
