import { CodeOutlined } from "@ant-design/icons";
import { Button, Dropdown, Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import { useOrigin } from "../useVariables";
import type { Known } from "../variables";
import { Offered } from "./TemplateInput";

/** A list of variables to put in where the cursor was. */
export function VariableButton({ known, isDisabled, onChoose }: { known: readonly Known[]; isDisabled: boolean; onChoose: (name: string) => void }) {
  const { t } = useTranslation();
  const origin = useOrigin();
  return (
    <Dropdown
      trigger={["click"]}
      disabled={isDisabled}
      menu={{
        style: { maxHeight: 320, overflow: "auto" },
        items: known.map((one) => ({ key: one.name, label: <Offered name={one.name} from={origin(one)} /> })),
        onClick: ({ key }) => onChoose(key),
      }}
    >
      <Tooltip title={t("builder.insertVariable")}>
        <Button icon={<CodeOutlined />} aria-label={t("builder.insertVariable")} />
      </Tooltip>
    </Dropdown>
  );
}
