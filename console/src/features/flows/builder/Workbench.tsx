import { Flex, Grid } from "antd";
import { useTranslation } from "react-i18next";
import { PageTitle } from "@/components/PageTitle";
import { may, useUser } from "@/lib/session";
import type { Kind } from "../api";
import { CanvasPane } from "./CanvasPane";
import { Palette } from "./Palette";
import { SidePanel } from "./SidePanel";
import { useBuilder } from "./store";
import { Toolbar } from "./Toolbar";
import { useChecks } from "./useChecks";
import { useLeaveGuard } from "./useLeaveGuard";

/** Palette, canvas and panel side by side; on a phone one looks and tries, as drawing needs room. */
export function Workbench({ kinds }: { kinds: readonly Kind[] }) {
  const { t } = useTranslation();
  const isWide = Grid.useBreakpoint().lg;
  const name = useBuilder((state) => state.name);
  const mayDraw = may(useUser(), "administrator") && Boolean(isWide);
  useChecks();
  useLeaveGuard();
  return (
    <>
      <PageTitle title={name} {...(isWide ? {} : { hint: t("flows.wide") })}>
        <Toolbar mayDraw={mayDraw} />
      </PageTitle>
      <Flex vertical={!isWide} gap={12} style={isWide ? { flex: 1, minHeight: 420 } : {}}>
        {mayDraw && <Palette kinds={kinds} />}
        <div style={{ ...(isWide ? { flex: 1, minWidth: 0 } : { height: "45vh" }), border: "1px solid var(--ant-color-border-secondary)", borderRadius: 8 }}>
          <CanvasPane kinds={kinds} mayDraw={mayDraw} isWide={Boolean(isWide)} />
        </div>
        <SidePanel kinds={kinds} mayDraw={mayDraw} isWide={Boolean(isWide)} />
      </Flex>
    </>
  );
}
