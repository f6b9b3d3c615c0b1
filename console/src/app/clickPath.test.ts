import { expect, test } from "vitest";
import { complaints } from "../../scripts/clickPath";

test("the click path of the documentation is the one that the walk clicks, and each step has its picture", () => expect(complaints()).toEqual([]));
