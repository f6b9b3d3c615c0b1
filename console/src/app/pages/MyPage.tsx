/**
 * `/customer-page#mc_…`: what a customer reads by a link, without a login. What stands behind the # never leaves the
 * browser as a part of an address; it stays there, so that the page can be kept as a bookmark.
 */
import { useSyncExternalStore } from "react";
import { Frame, MyPage, Over } from "../../features/reporting/myPage/MyPage";
import { useI18n } from "../../lib/i18n";
import { PageTitle } from "../../ui/PageTitle";

export default function CustomersOwnPage() {
  const { t } = useI18n();
  const token = useSyncExternalStore(onHash, () => location.hash.slice(1));
  const isLink = /^mc_[\w-]{1,200}$/.test(token);
  return (
    <>
      <PageTitle of={t("mypage.title")} />
      {isLink ? <MyPage key={token} token={token} /> : <Frame><Over /></Frame>}
    </>
  );
}

function onHash(listener: () => void): () => void {
  addEventListener("hashchange", listener);
  return () => removeEventListener("hashchange", listener);
}
