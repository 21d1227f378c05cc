import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { type Executor, getJson } from "@/lib/api";
import { useBuilder, useBuilderStore } from "../store";
import { type Known, secretsOf, variablesOf } from "./variables";

/** The variables that the open flow can name, and the secrets. */
export function useVariables(): { known: readonly Known[]; secrets: readonly Known[] } {
  const store = useBuilderStore();
  const edits = useBuilder((state) => state.edits);
  const globals = useQuery({ queryKey: ["variables"], queryFn: () => getJson<Executor["VariableList"]>("/executor/api/variables") }).data?.variables;
  return useMemo(
    () => ({ known: variablesOf(store.getState().nodes, globals ?? []), secrets: secretsOf(globals ?? []) }),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `edits` says when the nodes mean something else
    [store, globals, edits],
  );
}

export function useOrigin(): (known: Known) => string {
  const { t } = useTranslation();
  return ({ from }) => ("node" in from ? t("builder.from.node", { node: from.node }) : t(`builder.from.${from.key}`));
}
