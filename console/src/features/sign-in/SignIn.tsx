import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate } from "react-router";
import { postJson } from "@/lib/api";
import { type Me, useSignedIn } from "@/lib/session";
import { CredentialsForm, type Credentials } from "./CredentialsForm";
import { Door } from "./Door";

export function SignIn() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const signedIn = useSignedIn();
  const from = (useLocation().state as { from?: string } | null)?.from ?? "/home";
  const enter = useMutation({
    mutationFn: (credentials: Credentials) => postJson<Me>("/api/auth/login", credentials),
    onSuccess: (me) => {
      signedIn(me);
      void navigate(from, { replace: true });
    },
  });
  return (
    <Door title={t("signIn.title")}>
      <CredentialsForm action={t("signIn.enter")} isBusy={enter.isPending} error={enter.error} onSubmit={enter.mutate} />
    </Door>
  );
}
