import { SettingOutlined } from "@ant-design/icons";
import { Button, Tooltip } from "antd";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";

const SettingsDrawer = lazy(() => import("./SettingsDrawer"));

/** Opens what belongs to the whole flow; it is loaded when somebody first looks. */
export function SettingsButton() {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Tooltip title={t("builder.settings.title")}>
        <Button icon={<SettingOutlined />} aria-label={t("builder.settings.title")} aria-haspopup="dialog" onClick={() => setOpen(true)} />
      </Tooltip>
      {isOpen && (
        <Suspense>
          <SettingsDrawer onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
