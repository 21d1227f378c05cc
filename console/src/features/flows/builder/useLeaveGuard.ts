import { App } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useBlocker } from "react-router";
import { useBuilderStore } from "./store";

/** Asks before a page with changes that are not saved is left or closed. */
export function useLeaveGuard(): void {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const store = useBuilderStore();
  const blocker = useBlocker(({ currentLocation, nextLocation }) => isUnsaved(store) && currentLocation.pathname !== nextLocation.pathname);
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (isUnsaved(store)) event.preventDefault();
    };
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [store]);
  useEffect(() => {
    if (blocker.state !== "blocked") return;
    const asked = modal.confirm({
      title: t("builder.leave.title"),
      content: t("builder.leave.text"),
      okText: t("builder.leave.go"),
      cancelText: t("builder.leave.stay"),
      onOk: () => blocker.proceed(),
      onCancel: () => blocker.reset(),
    });
    return () => asked.destroy();
  }, [blocker, modal, t]);
}

function isUnsaved(store: ReturnType<typeof useBuilderStore>): boolean {
  const { changes, savedAt } = store.getState();
  return changes !== savedAt;
}
