import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Flex, Input } from "antd";
import { useTranslation } from "react-i18next";
import { ExpressionInput } from "./ExpressionInput";
import { TemplateInput } from "./TemplateInput";
import { asText, type InputProps } from "./types";

/** Names with a value each: headers are texts and may hold secrets, arguments and results are expressions. */
export function PairsInput(props: InputProps) {
  const { t } = useTranslation();
  const { id, path, value, isDisabled, onChange } = props;
  const pairs = Object.entries(typeof value === "object" && value !== null ? value : {}) as [string, unknown][];
  const isHeaders = path.at(-1) === "headers";
  const put = (next: [string, unknown][]) => onChange(Object.fromEntries(next));
  return (
    <Flex vertical gap={8} id={id}>
      {pairs.map(([name, one], place) => {
        const inner = { ...props, id: `${id}-${place}`, value: one, onChange: (next: unknown) => put(pairs.map((pair, at) => (at === place ? [name, next] : pair))) };
        return (
          <Flex key={place} vertical gap={4}>
            <Flex gap={4}>
              <Input
                aria-label={t("builder.pairName")}
                placeholder={t("builder.pairName")}
                disabled={isDisabled}
                value={name}
                onChange={(event) => put(pairs.map((pair, at) => (at === place ? [event.target.value, one] : pair)))}
              />
              <Button type="text" icon={<DeleteOutlined />} aria-label={t("builder.remove")} disabled={isDisabled} onClick={() => put(pairs.filter((_, at) => at !== place))} />
            </Flex>
            <div role="group" aria-label={asText(name)}>
              {isHeaders ? <TemplateInput {...inner} hasSecrets /> : <ExpressionInput {...inner} />}
            </div>
          </Flex>
        );
      })}
      <Button type="dashed" icon={<PlusOutlined />} disabled={isDisabled || pairs.some(([name]) => name === "")} onClick={() => put([...pairs, ["", ""]])}>
        {t("builder.addRow")}
      </Button>
    </Flex>
  );
}
