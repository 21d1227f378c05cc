import { Col, Row } from "antd";
import { useTranslation } from "react-i18next";
import { PageTitle } from "@/components/PageTitle";
import { Attention } from "./Attention";
import { FirstSteps } from "./FirstSteps";
import { Latest } from "./Latest";

/** What needs a person now, what to do first, what was done last. */
export default function Home() {
  const { t } = useTranslation();
  return (
    <>
      <PageTitle title={t("pages.home")} />
      <Row gutter={[16, 16]}>
        <Col xs={24} lg={12}>
          <FirstSteps />
        </Col>
        <Col xs={24} lg={12}>
          <Attention />
        </Col>
        <Col span={24}>
          <Latest />
        </Col>
      </Row>
    </>
  );
}
