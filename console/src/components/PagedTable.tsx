import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Flex, Table, type TableProps } from "antd";
import { useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "./ErrorNote";
import { Teaching } from "./Teaching";
import { Spaces, useWindow, WindowedBody } from "./windowed";

/** After the first pages somebody is going through the list: the next one comes by itself. */
const FIRST_PAGES = 100;
const NEAR = 25;
const COMPONENTS = { body: { wrapper: WindowedBody } };

interface Props<Row, Cursor> {
  queryKey: readonly unknown[];
  /** One page after a cursor, and the cursor of the next. */
  load: (cursor: Cursor | undefined) => Promise<{ rows: readonly Row[]; next: Cursor | null | undefined }>;
  rowKey: keyof Row & string;
  columns: NonNullable<TableProps<Row>["columns"]>;
  /** What an empty list teaches. */
  empty: string;
  onOpen?: (row: Row) => void;
  refetchInterval?: number;
}

/** A list that the server pages by cursor: rows drawn only while visible, more on demand. */
export function PagedTable<Row extends object, Cursor extends string | number>(props: Props<Row, Cursor>) {
  const { t } = useTranslation();
  const pages = useInfiniteQuery({
    queryKey: props.queryKey,
    queryFn: ({ pageParam }) => props.load(pageParam as Cursor | undefined),
    initialPageParam: undefined as Cursor | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    ...(props.refetchInterval ? { refetchInterval: props.refetchInterval } : {}),
  });
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  const seen = useWindow(rows);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = pages;
  const isNearEnd = rows.length > FIRST_PAGES && seen.last >= rows.length - NEAR;
  useEffect(() => {
    if (isNearEnd && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [isNearEnd, hasNextPage, isFetchingNextPage, fetchNextPage]);
  const { above, below } = seen;
  const spaces = useMemo(() => ({ above, below }), [above, below]);
  if (pages.isError) return <ErrorNote error={pages.error} retry={() => void pages.refetch()} />;
  return (
    <Flex vertical gap={12}>
      <Spaces.Provider value={spaces}>
        <Table<Row>
          rowKey={props.rowKey}
          columns={props.columns}
          dataSource={[...seen.rows]}
          components={COMPONENTS}
          loading={pages.isPending}
          pagination={false}
          {...(rows.length ? { scroll: { x: "max-content" } } : {})}
          locale={{ emptyText: <Teaching text={props.empty} /> }}
          onRow={(row, place) => ({
            ...(props.onOpen ? openable(() => props.onOpen?.(row)) : {}),
            ...(seen.measure ? { ref: seen.measure, "data-index": seen.first + (place ?? 0) } : {}),
          })}
        />
      </Spaces.Provider>
      {pages.hasNextPage && (
        <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t("list.more")}
        </Button>
      )}
    </Flex>
  );
}

/** A row that mouse and keyboard open. */
function openable(open: () => void) {
  return {
    onClick: open,
    tabIndex: 0,
    style: { cursor: "pointer" },
    onKeyDown: (event: React.KeyboardEvent) => {
      if (event.key === "Enter") open();
    },
  };
}
