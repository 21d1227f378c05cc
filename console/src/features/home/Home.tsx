import { Col, Row, Skeleton } from "antd";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { PageTitle } from "@/components/PageTitle";
import { Attention } from "./Attention";
import { FirstSteps } from "./FirstSteps";

const Days = lazy(() => import("./Days"));

/** What needs a person now, what to do first, what happened day by day. */
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
          <Suspense fallback={<Skeleton active />}>
            <Days />
          </Suspense>
        </Col>
      </Row>
    </>
  );
}
