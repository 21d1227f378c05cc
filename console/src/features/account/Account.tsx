import { Col, Flex, Row } from "antd";
import { useTranslation } from "react-i18next";
import { PageTitle } from "@/components/PageTitle";
import { Appearance } from "./Appearance";
import { Password } from "./Password";
import { SecondFactor } from "./SecondFactor";
import { Sessions } from "./Sessions";

/** What everybody decides for themselves: how the console looks, and how they sign in. */
export default function Account() {
  const { t } = useTranslation();
  return (
    <>
      <PageTitle title={t("pages.account")} hint={t("account.hint")} />
      <Row gutter={[16, 16]}>
        <Col xs={24} lg={12}>
          <Flex vertical gap={16}>
            <Appearance />
            <Password />
          </Flex>
        </Col>
        <Col xs={24} lg={12}>
          <SecondFactor />
        </Col>
        <Col span={24}>
          <Sessions />
        </Col>
      </Row>
    </>
  );
}
