import "@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css";
import "@nl-design-system-candidate/button-css/button.css";
import "./styles/index.css";
import { createRoot } from "react-dom/client";
import { Application } from "./application.tsx";

const place = document.getElementById("application");
if (place) createRoot(place).render(<Application />);
