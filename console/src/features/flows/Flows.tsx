import { lazy, Suspense } from "react";
import { Spin } from "antd";
import { Route, Routes } from "react-router";
import { FlowList } from "./FlowList";

const Builder = lazy(() => import("./builder/Builder"));

/** The list of flows; the builder, with its graph library, is loaded when one is opened. */
export default function Flows() {
  return (
    <Routes>
      <Route index element={<FlowList />} />
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
