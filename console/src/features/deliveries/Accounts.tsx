import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Flex } from "antd";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "@/components/ErrorNote";
import { type Gateway, getJson, postJson } from "@/lib/api";
import { useChange } from "@/lib/change";

type Account = Gateway["AccountView"];

const KEY = ["accounts"];

/** Our numbers and bots: which are only simulated, which wait for a person before they send again. */
export function Accounts() {
  const list = useQuery({ queryKey: KEY, queryFn: () => getJson<Gateway["AccountList"]>("/api/accounts") });
  if (list.isError) return <ErrorNote error={list.error} retry={() => void list.refetch()} />;
  return (
    <Flex vertical gap={8} style={{ marginBottom: 16 }}>
      {(list.data?.accounts ?? [])
        .filter((one) => one.channel !== "web")
        .map((one) => (
          <AccountNote key={one.channel + one.account} account={one} />
        ))}
    </Flex>
  );
}

function AccountNote({ account }: { account: Account }) {
  const { t } = useTranslation();
  const resume = useChange(KEY, () => postJson(`/api/accounts/${account.channel}/${account.account}/resume`));
  const name = account.name || account.account;
  if (account.held_reason) {
    return (
      <Alert
        type="error"
        showIcon
        title={t("home.held", { name, reason: account.held_reason })}
        action={
          <Button loading={resume.isPending} onClick={() => resume.mutate()}>
            {t("deliveries.resume")}
          </Button>
        }
      />
    );
  }
  return <Alert type={account.is_simulated ? "info" : "success"} showIcon title={t(account.is_simulated ? "deliveries.simulated" : "deliveries.live", { name })} />;
}
