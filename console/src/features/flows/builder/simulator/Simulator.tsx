import { Button, Collapse, Flex } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Composer } from "@/components/Composer";
import { ErrorNote } from "@/components/ErrorNote";
import { asLanguage } from "@/lib/i18n";
import type { Scene } from "../../api";
import { useBuilderStore } from "../store";
import { Clock } from "./Clock";
import { Dialogue } from "./Dialogue";
import { SaveTest } from "./SaveTest";
import { SceneForm } from "./SceneForm";
import { Tests } from "./Tests";
import { Trace } from "./Trace";
import { useSimulation } from "./useSimulation";

/** Tries the drawing as it stands, saved or not: nothing is sent, stored or called unless one says so. */
export default function Simulator({ mayDraw }: { mayDraw: boolean }) {
  const { t } = useTranslation();
  const first = useFirstScene();
  const simulation = useSimulation(first);
  const { scene, steps, played, isBusy } = simulation;
  const isWaiting = played?.standing.status === "waiting";
  return (
    <Flex vertical gap={12}>
      <Collapse
        size="small"
        items={[{ key: "scene", label: t("builder.try.scene"), children: <SceneForm simulation={simulation} mayCall={mayDraw} /> }]}
      />
      <Flex gap={8} wrap>
        <Button type="primary" loading={isBusy} onClick={simulation.begin}>
          {t(played ? "builder.try.again" : "builder.try.begin")}
        </Button>
        {steps.length > 0 && (
          <Button disabled={isBusy} onClick={simulation.back}>
            {t("builder.try.back")}
          </Button>
        )}
        {played && mayDraw && <SaveTest simulation={simulation} played={played} />}
      </Flex>
      {simulation.error && <ErrorNote error={simulation.error} />}
      {played && (
        <>
          <Dialogue message={scene.message} steps={steps} played={played} onTap={(option) => simulation.play({ kind: "tap", option })} />
          {isWaiting && <Composer label={t("builder.try.write")} isBusy={isBusy} onSend={(text) => simulation.play({ kind: "say", text })} />}
          <Clock standing={played.standing} isBusy={isBusy} onJump={simulation.play} />
          <Trace played={played} />
        </>
      )}
      <Tests mayDraw={mayDraw} />
    </Flex>
  );
}

/** Begins as a person would: with the first word of the first start, in the reader's language. */
function useFirstScene(): Scene {
  const { i18n } = useTranslation();
  const store = useBuilderStore();
  const [first] = useState((): Scene => {
    const words = store.getState().nodes.find((node) => node.data.kind === "trigger")?.data.config["words"];
    const message = Array.isArray(words) && typeof words[0] === "string" ? words[0] : null;
    return { node: "", message, language: asLanguage(i18n.language) ?? "es", time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone, channel: "whatsapp", mocks: [] };
  });
  return first;
}
