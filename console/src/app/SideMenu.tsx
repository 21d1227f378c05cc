import { Menu, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { may, type Me } from "@/lib/session";
import { PAGES } from "./pages";

export function SideMenu({ me }: { me: Me }) {
  const { t } = useTranslation();
  const here = useLocation().pathname.split("/")[1] ?? "";
  return (
    <nav aria-label={t("layout.menu")}>
      <Typography.Title level={4} style={{ padding: "16px 24px 0", margin: 0 }}>
        Recado
      </Typography.Title>
      <Menu
        mode="inline"
        selectedKeys={[here]}
        style={{ borderInlineEnd: 0, marginTop: 8 }}
        items={PAGES.filter((page) => page.at !== "header" && may(me, page.role)).map((page) => ({
          key: page.path,
          icon: page.icon,
          label: <Link to={`/${page.path}`}>{t(`pages.${page.path}`)}</Link>,
        }))}
      />
    </nav>
  );
}
