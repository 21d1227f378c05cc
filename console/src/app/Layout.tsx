import { Drawer, Flex, Grid, Layout as Frame, Spin } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, Outlet, useLocation } from "react-router";
import { ErrorNote } from "@/components/ErrorNote";
import { useMe } from "@/lib/session";
import { Header } from "./Header";
import { SideMenu } from "./SideMenu";

/** The frame of all pages for whoever is signed in; a menu at the side, in a drawer on a phone. */
export function Layout() {
  const { t } = useTranslation();
  const me = useMe();
  const isWide = Grid.useBreakpoint().lg;
  const { pathname } = useLocation();
  const [openedAt, setOpenedAt] = useState<string>();
  if (me.isPending) return <Spin fullscreen />;
  if (me.isError && me.data === undefined) return <ErrorNote error={me.error} retry={() => void me.refetch()} />;
  if (!me.data) return <Navigate to="/sign-in" replace state={{ from: pathname }} />;
  return (
    <Frame style={{ height: "100%" }}>
      <a className="skip-link" href="#page">
        {t("layout.skip")}
      </a>
      {isWide ? (
        <Frame.Sider theme="light" width={224}>
          <SideMenu me={me.data} />
        </Frame.Sider>
      ) : (
        <Drawer open={openedAt === pathname} onClose={() => setOpenedAt(undefined)} placement="left" size={248} title="Recado">
          <SideMenu me={me.data} />
        </Drawer>
      )}
      <Frame>
        <Header me={me.data} {...(isWide ? {} : { onMenu: () => setOpenedAt(pathname) })} />
        <Flex component="main" id="page" tabIndex={-1} vertical style={{ flex: 1, minHeight: 0, overflow: "auto", padding: isWide ? 24 : 12 }}>
          <Outlet />
        </Flex>
      </Frame>
    </Frame>
  );
}
