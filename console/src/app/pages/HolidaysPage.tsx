/** `/plans/holidays`: the calendars that prices of calls may name. */
import { useMay } from "../../features/identity/session";
import { holidayList } from "../../features/rating/holidays/holidayList";
import { TariffTabs } from "../../features/rating/TariffTabs";
import { ListPage } from "../../ui/list/ListPage";

export default function HolidaysPage() {
  return <div className="stack"><TariffTabs current="holidays" /><ListPage spec={holidayList} mayCreate={useMay("write")} /></div>;
}
