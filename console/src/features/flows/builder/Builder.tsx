import "@xyflow/react/dist/style.css";
import { ReactFlowProvider } from "@xyflow/react";
import { Spin } from "antd";
import { useState } from "react";
import { useParams } from "react-router";
import { ErrorNote } from "@/components/ErrorNote";
import { type FlowView, type Kind, useFlow, useKinds } from "../api";
import { Workbench } from "./Workbench";
import { BuilderContext, makeStore } from "./store";

/** The builder of one flow, once the flow and the kinds of nodes are there. */
export default function Builder() {
  const { flowId = "" } = useParams();
  const flow = useFlow(flowId);
  const kinds = useKinds();
  const failed = flow.error ?? kinds.error;
  if (failed) return <ErrorNote error={failed} />;
  if (!flow.data || !kinds.data) return <Spin />;
  return <Opened key={flowId} view={flow.data} kinds={kinds.data.nodes} />;
}

function Opened({ view, kinds }: { view: FlowView; kinds: readonly Kind[] }) {
  const [store] = useState(() => makeStore(view));
  return (
    <BuilderContext value={store}>
      <ReactFlowProvider>
        <Workbench kinds={kinds} />
      </ReactFlowProvider>
    </BuilderContext>
  );
}
