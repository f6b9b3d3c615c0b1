/**
 * All English words, a file for each room. Only their type is taken from here, and tests take the words: the console
 * loads the rooms that a page names (words.ts).
 */
import access from "./access.json";
import allowances from "./allowances.json";
import analytics from "./analytics.json";
import audit from "./audit.json";
import automatic from "./automatic.json";
import bank from "./bank.json";
import billing from "./billing.json";
import collecting from "./collecting.json";
import contested from "./contested.json";
import core from "./core.json";
import corrections from "./corrections.json";
import credits from "./credits.json";
import customerlinks from "./customerlinks.json";
import customers from "./customers.json";
import cycles from "./cycles.json";
import debits from "./debits.json";
import deliveries from "./deliveries.json";
import discounts from "./discounts.json";
import dunning from "./dunning.json";
import equipment from "./equipment.json";
import files from "./files.json";
import identity from "./identity.json";
import incoming from "./incoming.json";
import invoicing from "./invoicing.json";
import journal from "./journal.json";
import kit from "./kit.json";
import latefees from "./latefees.json";
import limits from "./limits.json";
import mails from "./mails.json";
import meters from "./meters.json";
import migrations from "./migrations.json";
import mypage from "./mypage.json";
import network from "./network.json";
import own from "./own.json";
import payments from "./payments.json";
import personal from "./personal.json";
import plans from "./plans.json";
import proof from "./proof.json";
import reconciliation from "./reconciliation.json";
import refunds from "./refunds.json";
import reporting from "./reporting.json";
import reports from "./reports.json";
import resources from "./resources.json";
import retractions from "./retractions.json";
import runs from "./runs.json";
import services from "./services.json";
import settings from "./settings.json";
import shell from "./shell.json";
import spend from "./spend.json";
import statement from "./statement.json";
import system from "./system.json";
import tariffs from "./tariffs.json";
import taxes from "./taxes.json";
import usage from "./usage.json";
import volume from "./volume.json";
import vouchers from "./vouchers.json";
import webhooks from "./webhooks.json";
import whatif from "./whatif.json";

/** A file of words: `invoicing` is src/lib/i18n/<language>/invoicing.json. */
export const rooms = ["access", "allowances", "analytics", "audit", "automatic", "bank", "billing", "collecting", "contested", "core", "corrections", "credits", "customerlinks", "customers", "cycles", "debits", "deliveries", "discounts", "dunning", "equipment", "files", "identity", "incoming", "invoicing", "journal", "kit", "latefees", "limits", "mails", "meters", "migrations", "mypage", "network", "own", "payments", "personal", "plans", "proof", "reconciliation", "refunds", "reporting", "reports", "resources", "retractions", "runs", "services", "settings", "shell", "spend", "statement", "system", "tariffs", "taxes", "usage", "volume", "vouchers", "webhooks", "whatif"] as const;
export type Room = (typeof rooms)[number];

export default { ...access, ...allowances, ...analytics, ...audit, ...automatic, ...bank, ...billing, ...collecting, ...contested, ...core, ...corrections, ...credits, ...customerlinks, ...customers, ...cycles, ...debits, ...deliveries, ...discounts, ...dunning, ...equipment, ...files, ...identity, ...incoming, ...invoicing, ...journal, ...kit, ...latefees, ...limits, ...mails, ...meters, ...migrations, ...mypage, ...network, ...own, ...payments, ...personal, ...plans, ...proof, ...reconciliation, ...refunds, ...reporting, ...reports, ...resources, ...retractions, ...runs, ...services, ...settings, ...shell, ...spend, ...statement, ...system, ...tariffs, ...taxes, ...usage, ...volume, ...vouchers, ...webhooks, ...whatif };
