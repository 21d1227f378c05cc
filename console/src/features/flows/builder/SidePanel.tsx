import { Card, Tabs } from "antd";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Kind } from "../api";
import { DesignPane } from "./DesignPane";
import { NO_OVERLAY } from "./overlay";
import { useBuilder } from "./store";

const Simulator = lazy(() => import("./simulator/Simulator"));
const Figures = lazy(() => import("./figures/Figures"));
const Versions = lazy(() => import("./versions/Versions"));

/** What one does with the drawing: design it, try it, go back to an older one. Of a tab that is left nothing stays lit. */
export function SidePanel({ kinds, mayDraw, isWide }: { kinds: readonly Kind[]; mayDraw: boolean; isWide: boolean }) {
  const { t } = useTranslation();
  const [tab, setTab] = useState("design");
  const setOverlay = useBuilder((state) => state.setOverlay);
  const show = (next: string) => {
    setOverlay(NO_OVERLAY);
    setTab(next);
  };
  return (
    <Card size="small" style={isWide ? { width: 348, flexShrink: 0, overflow: "auto" } : {}} styles={{ body: { paddingTop: 0 } }}>
      <Tabs
        size="small"
        activeKey={tab}
        onChange={show}
        destroyOnHidden
        items={[
          { key: "design", label: t("builder.tabs.design"), children: <DesignPane kinds={kinds} mayDraw={mayDraw} /> },
          {
            key: "try",
            label: t("builder.tabs.try"),
            children: (
              <Suspense>
                <Simulator mayDraw={mayDraw} />
              </Suspense>
            ),
          },
          {
            key: "figures",
            label: t("builder.tabs.figures"),
            children: (
              <Suspense>
                <Figures />
              </Suspense>
            ),
          },
          {
            key: "versions",
            label: t("flows.versions"),
            children: (
              <Suspense>
                <Versions kinds={kinds} mayDraw={mayDraw} />
              </Suspense>
            ),
          },
        ]}
      />
    </Card>
  );
}
