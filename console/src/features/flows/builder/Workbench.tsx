import { Flex, Grid } from "antd";
import { useTranslation } from "react-i18next";
import { PageTitle } from "@/components/PageTitle";
import { may, useUser } from "@/lib/session";
import type { FlowView, Kind } from "../api";
import { CanvasPane } from "./CanvasPane";
import { Palette } from "./Palette";
import { SidePanel } from "./SidePanel";
import { Toolbar } from "./Toolbar";
import { useChecks } from "./useChecks";

/** Palette, canvas and panel side by side; on a phone one looks, as drawing needs room. */
export function Workbench({ view, kinds }: { view: FlowView; kinds: readonly Kind[] }) {
  const { t } = useTranslation();
  const isWide = Grid.useBreakpoint().lg;
  const mayDraw = may(useUser(), "administrator") && Boolean(isWide);
  useChecks(view);
  return (
    <>
      <PageTitle title={view.flow.name} {...(isWide ? {} : { hint: t("flows.wide") })}>
        <Toolbar view={view} mayDraw={mayDraw} />
      </PageTitle>
      <Flex gap={12} style={{ flex: 1, minHeight: 420 }}>
        {mayDraw && <Palette kinds={kinds} />}
        <CanvasPane kinds={kinds} mayDraw={mayDraw} />
        {isWide && <SidePanel view={view} kinds={kinds} mayDraw={mayDraw} />}
      </Flex>
    </>
  );
}
