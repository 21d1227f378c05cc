import { lazy, Suspense } from "react";
import { Spin } from "antd";
import { Route, Routes } from "react-router";
import { openTexts } from "@/lib/i18n";
import { FlowList } from "./FlowList";

const Builder = lazy(async () => {
  const [page] = await Promise.all([import("./builder/Builder"), openTexts("builder", "nodes")]);
  return page;
});

const Templates = lazy(async () => {
  const [page] = await Promise.all([import("./templates/Templates"), openTexts("builder", "nodes")]);
  return page;
});

/** The list of flows; the builder, with its graph library, is loaded when one is opened. */
export default function Flows() {
  return (
    <Routes>
      <Route index element={<FlowList />} />
      <Route
        path="templates"
        element={
          <Suspense fallback={<Spin />}>
            <Templates />
          </Suspense>
        }
      />
      <Route
        path=":flowId"
        element={
          <Suspense fallback={<Spin />}>
            <Builder />
          </Suspense>
        }
      />
    </Routes>
  );
}
