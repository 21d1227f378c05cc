import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate } from "react-router";
import { postJson, Problem } from "@/lib/api";
import { type Me, useSignedIn } from "@/lib/session";
import { CredentialsForm, type Credentials } from "./CredentialsForm";
import { Door } from "./Door";

/** Name and password were right, and somebody has a second factor. */
const needsCode = (error: Error) => error instanceof Problem && error.kind === "second_factor_needed";

export function SignIn() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const signedIn = useSignedIn();
  const from = (useLocation().state as { from?: string } | null)?.from ?? "/home";
  const [asksCode, setAsksCode] = useState(false);
  const enter = useMutation({
    mutationFn: (credentials: Credentials) => postJson<Me>("/api/auth/login", credentials),
    onError: (error) => setAsksCode(asksCode || needsCode(error)),
    onSuccess: (me) => {
      signedIn(me);
      void navigate(from, { replace: true });
    },
  });
  return (
    <Door title={t("signIn.title")}>
      <CredentialsForm action={t("signIn.enter")} isBusy={enter.isPending} asksCode={asksCode} error={enter.error && needsCode(enter.error) ? null : enter.error} onSubmit={enter.mutate} />
    </Door>
  );
}
