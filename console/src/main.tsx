import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "@/app/App";
import { startTexts } from "@/lib/i18n";
import "@/app/app.css";

const root = document.getElementById("root");
if (!root) throw new Error("the page has no #root");

void startTexts().then(() =>
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  ),
);
