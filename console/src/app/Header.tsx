import { BulbOutlined, GlobalOutlined, MenuOutlined, UserOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { Button, Dropdown, Flex, theme as themes } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { postJson } from "@/lib/api";
import { chooseLanguage, LANGUAGE_NAMES, LANGUAGES } from "@/lib/i18n";
import { type Me, useSignedIn } from "@/lib/session";
import { useTheme } from "@/lib/theme";

export function Header({ me, onMenu }: { me: Me; onMenu?: () => void }) {
  const { t } = useTranslation();
  const { token } = themes.useToken();
  const [theme, setTheme] = useTheme();
  return (
    <Flex
      component="header"
      align="center"
      gap={4}
      style={{ padding: "8px 16px", background: token.colorBgContainer, borderBottom: `1px solid ${token.colorBorderSecondary}` }}
    >
      {onMenu && <Button type="text" icon={<MenuOutlined />} aria-label={t("layout.menu")} onClick={onMenu} />}
      <span style={{ flex: 1 }} />
      <Button
        type="text"
        icon={<BulbOutlined />}
        aria-label={t(theme === "dark" ? "layout.light" : "layout.dark")}
        onClick={() => setTheme(theme === "dark" ? "light" : "dark")}
      />
      <Dropdown
        trigger={["click"]}
        menu={{ items: LANGUAGES.map((one) => ({ key: one, label: LANGUAGE_NAMES[one], onClick: () => void chooseLanguage(one) })) }}
      >
        <Button type="text" icon={<GlobalOutlined />} aria-label={t("layout.language")} />
      </Dropdown>
      <Account me={me} />
    </Flex>
  );
}

function Account({ me }: { me: Me }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const signedIn = useSignedIn();
  const leave = useMutation({
    mutationFn: () => postJson("/api/auth/logout"),
    onSettled: () => {
      signedIn(null);
      void navigate("/sign-in");
    },
  });
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        items: [
          { key: "role", label: t(`roles.${me.role}`), disabled: true },
          { key: "account", label: t("pages.account"), onClick: () => void navigate("/account") },
          { key: "leave", label: t("layout.signOut"), onClick: () => leave.mutate() },
        ],
      }}
    >
      <Button type="text" icon={<UserOutlined />}>
        {me.name}
      </Button>
    </Dropdown>
  );
}
