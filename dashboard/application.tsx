import { lazy, Suspense, useEffect, useState } from "react";
import { askAs } from "./api/ask.ts";
import { followAs } from "./api/follow.ts";
import { Boundary } from "./elements/boundary.tsx";
import { LanguageContext, preferredLanguage, type Spoken, speak, useLanguage } from "./language/language.ts";
import type { Session } from "./session/session.ts";
import { readSettings, type Settings } from "./session/settings.ts";
import { beginSignIn, finishSignIn } from "./session/sign-in.ts";
import { EndedScreen } from "./start/ended-screen.tsx";
import { NoScreen } from "./start/no-screen.tsx";
import { StartScreen } from "./start/start-screen.tsx";

// Each party loads its own screen and not the others'.
const InboxScreen = lazy(() => import("./inbox/inbox-screen.tsx"));
const WorkListScreen = lazy(() => import("./work-list/work-list-screen.tsx"));
const GuidanceScreen = lazy(() => import("./guidance/guidance-screen.tsx"));
const ParentScreen = lazy(() => import("./parent/parent-screen.tsx"));
const ReleaseScreen = lazy(() => import("./release-desk/release-screen.tsx"));
const Wall = lazy(() => import("./wall/wall.tsx"));

/** Where somebody stands between opening the page and leaving it. */
type Place =
  | { readonly at: "start"; readonly failure?: "unreachable" | "refused" }
  | { readonly at: "ended" }
  | { readonly at: "inside"; readonly session: Session };

/** Signs in, and shows the screen that belongs to the party. */
export function Application() {
  const [spoken, setSpoken] = useState<Spoken>();
  const [settings, setSettings] = useState<Settings>();
  const [place, setPlace] = useState<Place>({ at: "start" });
  const language = spoken?.language;

  useEffect(() => {
    if (language !== undefined) document.documentElement.lang = language;
  }, [language]);

  const leave = async (known: Settings | undefined) => {
    setPlace({ at: "start" });
    try {
      await beginSignIn(known ?? (await readSettings()), language ?? preferredLanguage(navigator.languages));
    } catch {
      setPlace({ at: "start", failure: "unreachable" });
    }
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page has been opened
  useEffect(() => {
    const fail = () => setPlace({ at: "start", failure: "unreachable" });
    const arrive = async () => {
      const [read] = await Promise.all([readSettings(), speak(preferredLanguage(navigator.languages)).then(setSpoken)]);
      setSettings(read);
      const returned = await finishSignIn(read);
      if (returned === undefined) return leave(read);
      setSpoken(await speak(returned.language));
      const { session } = returned;
      if (session === undefined) return setPlace({ at: "start", failure: "refused" });
      session.onEnd(() => setPlace({ at: "ended" }));
      setPlace({ at: "inside", session });
    };
    arrive().catch(fail);
  }, []);

  if (spoken === undefined) return null;
  const onLanguage = () => void speak(language === "nl" ? "en" : "nl").then(setSpoken, () => undefined);
  const onSignIn = () => void leave(settings);
  const start = (failure?: "unreachable" | "refused") => (
    <StartScreen failure={failure} onLanguage={onLanguage} onSignIn={onSignIn} />
  );
  return (
    <LanguageContext value={spoken}>
      {place.at === "start" && start(place.failure)}
      {place.at === "ended" && <EndedScreen onLanguage={onLanguage} onSignIn={onSignIn} />}
      {place.at === "inside" && (
        <Boundary fallback={start("unreachable")}>
          <Suspense fallback={start()}>
            <Screen session={place.session} settings={settings} onLanguage={onLanguage} />
          </Suspense>
        </Boundary>
      )}
    </LanguageContext>
  );
}

function Screen(props: {
  readonly session: Session;
  readonly settings: Settings | undefined;
  readonly onLanguage: () => void;
}) {
  const { session, settings, onLanguage } = props;
  const language = useLanguage();
  const [ask] = useState(() => askAs(session));
  const [follow] = useState(() => followAs(session));
  const shared = { session, ask, follow, onLanguage, onSignOut: () => session.signOut(language) };
  switch (session.party) {
    case "school":
      // A vendor of school information systems reads, and handles no message.
      if (session.may("signals:handle")) return <InboxScreen {...shared} />;
      break;
    case "leerplicht":
      return <WorkListScreen {...shared} />;
    case "shelter":
      if (session.may("guidance:manage")) return <GuidanceScreen {...shared} />;
      break;
    case "parent":
      return <ParentScreen {...shared} />;
    case "release":
      return <ReleaseScreen {...shared} />;
    case "operator":
      return <Wall {...shared} />;
  }
  return <NoScreen hasExplorer={settings?.explorer ?? false} {...shared} />;
}
