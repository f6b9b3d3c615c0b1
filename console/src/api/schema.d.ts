// Generated from openapi.json by `npm run api`. Change the services, never this file.
export interface paths {
    "/v1/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Accounts */
        get: operations["rating_accounts"];
        put?: never;
        /** Open Account */
        post: operations["rating_open_account"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{account_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Account */
        get: operations["rating_account"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{account_id}/balance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Balance */
        get: operations["payments_balance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{account_id}/receivables": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Receivables */
        get: operations["payments_receivables"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{account_id}/unbilled": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Account Unbilled */
        get: operations["rating_account_unbilled"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Api Keys
         * @description Keys without their secrets, newest first; the revoked ones too, for a log may name them.
         */
        get: operations["reporting_list_api_keys"];
        put?: never;
        /**
         * Create Api Key
         * @description Make an API key; the answer is the only place where it is shown. The same Idempotency-Key makes one key: a
         *     retry is told its id (409 `already_created`); if the answer got lost, revoke it and make another.
         */
        post: operations["reporting_create_api_key"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys/{key_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke Api Key
         * @description End a key for good.
         */
        delete: operations["reporting_revoke_api_key"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/billing-cycles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Cycles */
        get: operations["rating_cycles"];
        put?: never;
        /** Define Cycle */
        post: operations["rating_define_cycle"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/billing-cycles/{cycle_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Cycle */
        get: operations["rating_cycle"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/billing-cycles/{cycle_id}/periods": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Cycle Periods */
        get: operations["rating_cycle_periods"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/billing-runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Billing Runs */
        get: operations["invoicing_billing_runs"];
        put?: never;
        /** Start Billing Run */
        post: operations["invoicing_start_billing_run"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/billing-runs/{run_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Billing Run */
        get: operations["invoicing_billing_run"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/billing-runs/{run_id}/results": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Billing Run Results */
        get: operations["invoicing_billing_run_results"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/charges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Charges */
        get: operations["rating_charges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/charges/{charge_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Charge */
        get: operations["rating_charge"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/charges/{charge_id}/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Charge Records */
        get: operations["rating_charge_records"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/clock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What time it is for the system */
        get: operations["entry_clock"];
        /** Set the test clock; null lets it run again, as DELETE does */
        put: operations["entry_set_clock"];
        post?: never;
        /** Let the test clock run again: with real time, or on from where it stands ahead of it */
        delete: operations["entry_release_clock"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/clock/advance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Move the test clock; answers when everything due has happened */
        post: operations["entry_advance_clock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/commands/{command_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Command */
        get: operations["usage_command"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customer-configs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Customer Configs
         * @description Accounts with their calendar, terms and balance.
         */
        get: operations["reporting_list_customer_configs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customer-configs/{account_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Customer Config
         * @description One account with its calendar, terms and balance.
         */
        get: operations["reporting_read_customer_config"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Dead Letters
         * @description What bugs have put aside and what could not be read, newest first; resolved ones too unless `status=open`.
         */
        get: operations["reporting_list_dead_letters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dead-letters/queues/{service}/requeue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Requeue Parked
         * @description Have all inputs parked under a key (an account's id) taken again, in order.
         */
        post: operations["usage_requeue_parked"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dead-letters/{letter_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Dead Letter
         * @description One dead letter with its payload, at most 64 KiB of it, and the headers it came with.
         */
        get: operations["reporting_read_dead_letter"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dead-letters/{letter_id}/discard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Discard Dead Letter
         * @description Never take it, for the reason given; of parked inputs only the first of their queue.
         */
        post: operations["usage_discard_dead_letter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dead-letters/{letter_id}/requeue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Requeue Dead Letter
         * @description Have it taken again; of a parked input, all that stands before it first, in order.
         */
        post: operations["usage_requeue_dead_letter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Events
         * @description Every event that is not part of the hot path, newest first. `from` is included, `to` is not.
         */
        get: operations["reporting_list_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/{event_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Event
         * @description One event (`invoicing/3/1842`) with its data, read from the log.
         */
        get: operations["reporting_read_event"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/health/services": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether each service does its work, seen from outside */
        get: operations["entry_services_health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invoices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Invoices
         * @description Invoices of all states, with payment state, and totals per currency over all that match.
         */
        get: operations["reporting_list_invoices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invoices/{invoice_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Invoice
         * @description One invoice with its lines, its tax and what has paid it, as it is now.
         */
        get: operations["reporting_read_invoice"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invoices/{invoice_id}/issue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Issue Invoice */
        post: operations["invoicing_issue_invoice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invoices/{invoice_id}/lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lines */
        get: operations["invoicing_lines"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invoices/{invoice_id}/lines/{n}/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Explain Line */
        get: operations["invoicing_explain_line"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invoices/{invoice_id}/pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Invoice Pdf */
        get: operations["invoicing_invoice_pdf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invoices/{invoice_id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Invoice Timeline
         * @description What happened to an invoice, from its draft to its payments, oldest first.
         */
        get: operations["reporting_read_invoice_timeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Jobs
         * @description One's own jobs, newest first; an admin sees everybody's.
         */
        get: operations["reporting_list_jobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{job_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Job
         * @description How far a job has come.
         */
        get: operations["reporting_read_job"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{job_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel Job
         * @description Stop a job; one that runs ends within seconds. 409 `already_ended` where it is done or has failed.
         */
        post: operations["reporting_cancel_job"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/meters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Meters
         * @description All meters, the built-in ones with them.
         */
        get: operations["usage_meters"];
        put?: never;
        /**
         * Define Meter
         * @description Define a meter; its definition never changes.
         */
        post: operations["usage_define_meter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/meters/{meter_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Meter
         * @description One meter.
         */
        get: operations["usage_meter"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Overview
         * @description How much there is of everything, sums per currency, and the first steps.
         */
        get: operations["reporting_read_overview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/overview/attention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Attention
         * @description What a person should look at, the worst first; empty when all is well.
         */
        get: operations["reporting_read_attention"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Payments */
        get: operations["payments_payments"];
        put?: never;
        /** Record Payment */
        post: operations["payments_record_payment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/{payment_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Payment */
        get: operations["payments_payment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Plans */
        get: operations["rating_plans"];
        put?: never;
        /** Draft Plan */
        post: operations["rating_draft_plan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plans/{plan_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Plan */
        get: operations["rating_plan"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plans/{plan_id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Draft Plan Version */
        post: operations["rating_draft_plan_version"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plans/{plan_id}/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Plan Version */
        get: operations["rating_plan_version"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plans/{plan_id}/versions/{version}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Publish Plan Version */
        post: operations["rating_publish_plan_version"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/pricing/quotes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Quote Price */
        post: operations["rating_quote_price"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/proof/conservation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Usage Reconciliation
         * @description Where every usage record has gone, with a line for each account and billing period. `from` (included) and
         *     `to` (excluded) mean service time; a date is its first moment in UTC.
         */
        get: operations["reporting_read_usage_reconciliation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/proof/conservation/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Reconciled Records
         * @description The records that a term of the usage reconciliation counts. `from` and `to` as in the statement.
         */
        get: operations["reporting_list_reconciled_records"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/proof/rebuilds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What verifications and rebuilds have found */
        get: operations["entry_rebuilds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/report-jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Export
         * @description Export a list or a report as CSV; the answer is a job whose `result_url` will be the file.
         */
        post: operations["reporting_export"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/report-jobs/{job_id}/download": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download
         * @description The file of an export that is done; 409 `not_done` before that.
         */
        get: operations["reporting_download"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/ar-aging": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The report ar-aging */
        get: operations["reporting_read_ar_aging"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/kpis": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The report kpis */
        get: operations["reporting_read_kpis"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/revenue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The report revenue */
        get: operations["reporting_read_revenue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The report usage */
        get: operations["reporting_read_usage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Report
         * @description A report's rows; `from` and `to` are days, both included. What is not above is not in this version.
         */
        get: operations["reporting_read_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/resources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Resources
         * @description All resources with their assignments; filters account_id, subscription_id, id, prefix.
         */
        get: operations["usage_resources"];
        put?: never;
        /**
         * Register Resource
         * @description Make a resource known, so that it can be assigned.
         */
        post: operations["usage_register_resource"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/resources/{resource_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Resource
         * @description One resource. A MAC address may be written in any of its spellings.
         */
        get: operations["usage_resource"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/resources/{resource_id}/assignments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Assignments
         * @description A resource's assignments, in order of time.
         */
        get: operations["usage_assignments"];
        put?: never;
        /**
         * Assign Resource
         * @description Say whose usage the resource meters from an instant on.
         */
        post: operations["usage_assign_resource"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Roles
         * @description The five fixed roles and what each may do.
         */
        get: operations["reporting_list_roles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/saved-views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Saved Views
         * @description One's own views and those that others share, by name.
         */
        get: operations["reporting_list_saved_views"];
        put?: never;
        /**
         * Save View
         * @description Save a list's filter, order and columns under a name; a view of one's own of that name is replaced (200).
         */
        post: operations["reporting_save_view"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/saved-views/{view_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete Saved View
         * @description Delete a view: its owner, or an admin.
         */
        delete: operations["reporting_delete_saved_view"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search
         * @description Invoices, accounts (also by name), subscriptions, payments, plans, usage records, events by number or id.
         */
        get: operations["reporting_search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who Am I
         * @description Who is logged in, and what the role may do.
         */
        get: operations["reporting_who_am_i"];
        put?: never;
        /**
         * Log In
         * @description Log in. After ten failures from one network address, that address waits half a minute for each try (429).
         */
        post: operations["reporting_log_in"];
        /**
         * Log Out
         * @description Log out: this session, or all of the person's where the request came without its cookie.
         */
        delete: operations["reporting_log_out"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Watch
         * @description Server-sent events, one for each event of the audit trail once it can be read: `event` is its type, `data`
         *     `{"id", "type", "subject", "version", "service"}`. An event `reset` says that some were missed: read anew what
         *     you show. A comment comes after 15 s of nothing.
         */
        get: operations["reporting_watch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/subscriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Subscriptions */
        get: operations["rating_subscriptions"];
        put?: never;
        /** Start Subscription */
        post: operations["rating_start_subscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/subscriptions/{subscription_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Subscription */
        get: operations["rating_subscription"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage/batches/{batch_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Batch
         * @description What became of the records of one request.
         */
        get: operations["usage_batch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage/quarantine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Quarantine
         * @description Records that are parked, newest first.
         */
        get: operations["usage_quarantine"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Usage Records
         * @description Usage records in all their states, newest received first. `from` (included) and `to` (excluded) mean
         *     `started_at`.
         */
        get: operations["reporting_list_usage_records"];
        put?: never;
        /**
         * Report
         * @description Report usage: one record, an array, or NDJSON.
         */
        post: operations["usage_report"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage/records/{source}/{record_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Usage Record
         * @description One record and its way to the invoice.
         */
        get: operations["reporting_read_usage_record"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Usage Summary
         * @description Records per day or hour of `started_at`, from `from` (included) to `to` (excluded).
         */
        get: operations["reporting_usage_summary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Users
         * @description Everybody who may log in.
         */
        get: operations["reporting_list_users"];
        put?: never;
        /**
         * Create User
         * @description Add a person who may log in.
         */
        post: operations["reporting_create_user"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * AccountBody
         * @description Who owes money: `currency` and cycle for good, `tax_rate` in percent.
         */
        AccountBody: {
            address?: components["schemas"]["AddressBody"] | null;
            /** Tax Id */
            tax_id?: string | null;
            /** Email */
            email?: string | null;
            /** Language */
            language?: string | null;
            /** Id */
            id?: string | null;
            /** Name */
            name: string;
            /**
             * Currency
             * @description ISO 4217
             * @example EUR
             */
            currency: string;
            /** Cycle Id */
            cycle_id: string;
            /**
             * Tax Rate
             * Format: decimal
             * @example 12.40
             */
            tax_rate: string;
        };
        /** AccountPage */
        AccountPage: {
            /** Total */
            total: number;
            /** Totals */
            totals: components["schemas"]["Total"][];
            /** Next Cursor */
            next_cursor: string | null;
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** Items */
            items: components["schemas"]["AccountShape"][];
        };
        /**
         * AccountShape
         * @description An account; `period` is the open one, `null` before the first subscription.
         */
        AccountShape: {
            address?: components["schemas"]["AddressBody"] | null;
            /** Tax Id */
            tax_id?: string | null;
            /** Email */
            email?: string | null;
            /** Language */
            language?: string | null;
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Currency */
            currency: string;
            /** Cycle Id */
            cycle_id: string;
            /** Tax Rate */
            tax_rate: string;
            /**
             * Opened On
             * Format: date
             */
            opened_on: string;
            /**
             * Opened At
             * Format: date-time
             */
            opened_at: string;
            /** Time Zone */
            time_zone: string;
            period: components["schemas"]["PeriodBody"] | null;
            /** Version */
            version: number;
            /** Allowed Actions */
            allowed_actions: components["schemas"]["ActionShape"][];
        };
        /**
         * ActionShape
         * @description Something that can be done with a resource, and why not where it can't.
         */
        ActionShape: {
            /** Action */
            action: string;
            /** Allowed */
            allowed: boolean;
            /** Reason */
            reason?: string | null;
        };
        /**
         * AddressBody
         * @description A postal address. `lines` are street, building and the like; `country` is ISO 3166-1 alpha-2.
         */
        AddressBody: {
            /** Lines */
            lines: string[];
            /** Postal Code */
            postal_code: string;
            /** City */
            city: string;
            /** Region */
            region?: string | null;
            /** Country */
            country: string;
        };
        /**
         * AgingRow
         * @description What is outstanding in a currency, by days past due. `open` is the outstanding amount, the sum of the buckets.
         */
        AgingRow: {
            /** Currency */
            currency: string;
            /**
             * Account Id
             * @description With `group_by=account`.
             */
            account_id?: string | null;
            /** Current */
            current: string;
            /** 1 30 */
            "1_30": string;
            /** 31 60 */
            "31_60": string;
            /** 61 90 */
            "61_90": string;
            /** 90 Plus */
            "90_plus": string;
            /** Open */
            open: string;
            /** Unapplied */
            unapplied: string;
        };
        /** Allocation */
        Allocation: {
            /** Payment Id */
            payment_id: string;
            amount: components["schemas"]["MoneyBody"];
            /**
             * Received On
             * Format: date
             */
            received_on: string;
        };
        /** AllocationShape */
        AllocationShape: {
            /** Invoice Id */
            invoice_id: string;
            amount: components["schemas"]["MoneyBody"];
        };
        /** ArAgingReport */
        ArAgingReport: {
            /** Items */
            items: components["schemas"]["AgingRow"][];
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** From */
            from: string | null;
            /** To */
            to: string | null;
            /** Group By */
            group_by: string | null;
            /** Currency */
            currency: string | null;
        };
        /**
         * AssignedShape
         * @description The assignment that was made, and all of the resource's with it.
         */
        AssignedShape: {
            /** Account Id */
            account_id: string;
            /** Subscription Id */
            subscription_id: string;
            /**
             * From
             * Format: date-time
             */
            from: string;
            /** To */
            to: string | null;
            /** Resource Id */
            resource_id: string;
            /** Version */
            version: number;
            /** Assignments */
            assignments: components["schemas"]["AssignmentShape"][];
        };
        /**
         * AssignmentBody
         * @description Usage that starts at `from` or later, and before `to`, belongs to the subscription.
         */
        AssignmentBody: {
            /** Account Id */
            account_id: string;
            /** Subscription Id */
            subscription_id: string;
            /**
             * From
             * Format: date-time
             * @example 2026-06-01T00:00:00Z
             */
            from: string;
            /** To */
            to?: string | null;
        };
        /** AssignmentPage */
        AssignmentPage: {
            /** Total */
            total: number;
            /** Totals */
            totals: components["schemas"]["Total"][];
            /** Next Cursor */
            next_cursor: string | null;
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** Items */
            items: components["schemas"]["AssignmentShape"][];
        };
        /** AssignmentShape */
        AssignmentShape: {
            /** Account Id */
            account_id: string;
            /** Subscription Id */
            subscription_id: string;
            /**
             * From
             * Format: date-time
             */
            from: string;
            /** To */
            to: string | null;
        };
        /** Attention */
        Attention: {
            /** Items */
            items: components["schemas"]["AttentionItem"][];
        };
        /**
         * AttentionItem
         * @description `services` names those that it is about, and says what is wrong: where they stand still, and for how long.
         */
        AttentionItem: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "services_not_ready" | "stale_projection" | "quarantined_usage" | "parked_inputs" | "dead_letters" | "overdue_invoices" | "invoices_below_zero";
            /** Count */
            count: number;
            /**
             * Severity
             * @enum {string}
             */
            severity: "info" | "warning" | "error";
            /** Link */
            link: string | null;
            /** Services */
            services?: components["schemas"]["ServiceNotice"][] | null;
        };
        /**
         * BalanceShape
         * @description `balance` = `open` - `credit`: positive is owed by the customer, negative is the customer's (R47).
         *
         *     `open` is what is outstanding over all invoices.
         */
        BalanceShape: {
            /** Account Id */
            account_id: string;
            open: components["schemas"]["MoneyBody"];
            credit: components["schemas"]["MoneyBody"];
            balance: components["schemas"]["MoneyBody"];
        };
        /** BaseModel */
        BaseModel: Record<string, never>;
        /**
         * Batch
         * @description What became of a request's records. `pending` until every usage partition has counted its part.
         */
        Batch: {
            /** Batch Id */
            batch_id: string;
            /**
             * Status
             * @enum {string}
             */
            status: "pending" | "done";
            /** Received */
            received: number;
            /** Rejected */
            rejected: number;
            /** Accepted */
            accepted: number;
            /** Quarantined */
            quarantined: number;
            /** Duplicates */
            duplicates: number;
            /** Conflicts */
            conflicts: number;
            /**
             * Recorded At
             * Format: date-time
             */
            recorded_at: string;
        };
        /**
         * BillingRunBody
         * @description Periods that end on or before `target_date` are invoiced; a dry run only says what would be.
         */
        BillingRunBody: {
            /** Id */
            id?: string | null;
            scope: components["schemas"]["ScopeBody"];
            /**
             * Target Date
             * Format: date
             * @example 2026-06-01
             */
            target_date: string;
            /**
             * Dry Run
             * @default false
             */
            dry_run: boolean;
        };
        /**
         * ChangeBody
         * @description From `on` the subscription has another price.
         */
        ChangeBody: {
            /** On */
            on: string;
            price: components["schemas"]["Price"];
        };
        /**
         * ChargeLink
         * @description `href` has the price and the usage records behind the line.
         */
        ChargeLink: {
            /** Id */
            id: string;
            /** Href */
            href: string;
        };
        /** ChargePage */
        ChargePage: {
            /** Total */
            total: number;
            /** Totals */
            totals: components["schemas"]["Total"][];
            /** Next Cursor */
            next_cursor: string | null;
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** Items */
            items: components["schemas"]["ChargeShape"][];
        };
        /**
         * ChargeShape
         * @description A line of a closed period. `billing_period` is the one it was charged in, `period` what it is for.
         */
        ChargeShape: {
            /** Id */
            id: string;
            /** Account Id */
            account_id: string;
            /** N */
            n: number;
            /** Kind */
            kind: string;
            /** Subscription Id */
            subscription_id: string;
            /** Plan Id */
            plan_id: string;
            /** Plan Version */
            plan_version: number;
            /** Price Index */
            price_index: number;
            /** Description */
            description: string;
            amount: components["schemas"]["MoneyBody"];
            /** Unrounded */
            unrounded: string;
            /** Meter */
            meter: string | null;
            /** Unit */
            unit: string | null;
            /** Quantity */
            quantity: string | null;
            /** Records */
            records: number;
            /** Covered Records */
            covered_records: number;
            /** Fraction */
            fraction: string | null;
            /**
             * Fixed At
             * Format: date-time
             */
            fixed_at: string;
            period: components["schemas"]["PeriodBody"];
            billing_period: components["schemas"]["PeriodBody"];
            /** Event */
            event: string;
        };
        /** ChecklistStep */
        ChecklistStep: {
            /**
             * Step
             * @enum {string}
             */
            step: "cycle" | "plan" | "account" | "subscription" | "usage" | "invoice";
            /** Done */
            done: boolean;
        };
        /** Clock */
        Clock: {
            /**
             * Format: date-time
             * @example 2026-11-23T06:00:00Z
             */
            now: string;
            test: boolean;
        };
        /**
         * CommandState
         * @description What became of a command. `result` names the aggregate concerned and the position of its last event.
         */
        CommandState: {
            /** Command Id */
            command_id: string;
            /**
             * Status
             * @enum {string}
             */
            status: "pending" | "done" | "refused";
            /** Result */
            result?: {
                [key: string]: string;
            } | null;
            /**
             * Errors
             * @default []
             */
            errors: components["schemas"]["FieldError"][];
        };
        /** Credentials */
        Credentials: {
            /** Email */
            email: string;
            /** Password */
            password: string;
        };
        /** CustomerConfig */
        CustomerConfig: {
            address?: components["schemas"]["AddressBody"] | null;
            /** Tax Id */
            tax_id?: string | null;
            /** Email */
            email?: string | null;
            /** Language */
            language?: string | null;
            /** Account Id */
            account_id: string;
            /** Name */
            name: string;
            /** Currency */
            currency: string;
            /** Cycle */
            cycle: {
                [key: string]: unknown;
            };
            /** Tax Rate */
            tax_rate: string;
            /** Terms Days */
            terms_days: number | null;
            /**
             * Opened On
             * Format: date
             */
            opened_on: string;
            open_period: components["schemas"]["PeriodBody"] | null;
            /** Subscriptions */
            subscriptions: number;
            /** @description Outstanding, over all issued invoices. */
            open: components["schemas"]["MoneyBody"];
            overdue: components["schemas"]["MoneyBody"];
            credit: components["schemas"]["MoneyBody"];
        };
        /** CustomerConfigPage */
        CustomerConfigPage: {
            /** Total */
            total: number;
            /** Totals */
            totals: components["schemas"]["Total"][];
            /** Next Cursor */
            next_cursor: string | null;
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** Items */
            items: components["schemas"]["CustomerConfig"][];
        };
        /**
         * CycleBody
         * @description A recurring period; every field has the default of a monthly cycle on the first, in UTC.
         */
        CycleBody: {
            /** Frequency */
            frequency?: ("month" | "quarter" | "year") | {
                days: number;
            } | null;
            /**
             * Anchor Day
             * @default 1
             */
            anchor_day: number;
            /** Anchor Month */
            anchor_month?: number | null;
            /**
             * Time Zone
             * @default UTC
             */
            time_zone: string;
        };
        /**
         * CycleDefinition
         * @description `anchor_day` 1 to 31 is clamped to the end of short months; quarters and years count from `anchor_month`.
         */
        CycleDefinition: {
            /** Id */
            id?: string | null;
            /** Name */
            name: string;
            /**
             * Frequency
             * @default month
             */
            frequency: ("month" | "quarter" | "year") | {
                days: number;
            };
            /**
             * Anchor Day
             * @default 1
             */
            anchor_day: number;
            /** Anchor Month */
            anchor_month?: number | null;
            /** Time Zone */
            time_zone: string;
        };
        /** CyclePage */
        CyclePage: {
            /** Total */
            total: number;
            /** Totals */
            totals: components["schemas"]["Total"][];
            /** Next Cursor */
            next_cursor: string | null;
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** Items */
            items: components["schemas"]["CycleShape"][];
        };
        /**
         * CycleShape
         * @description A billing calendar.
         */
        CycleShape: {
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Frequency */
            frequency: unknown;
            /** Anchor Day */
            anchor_day: number;
            /** Anchor Month */
            anchor_month: number | null;
            /** Time Zone */
            time_zone: string;
            /**
             * Defined At
             * Format: date-time
             */
            defined_at: string;
            /** Version */
            version: number;
            /** Allowed Actions */
            allowed_actions: components["schemas"]["ActionShape"][];
        };
        /** DaysShape */
        DaysShape: {
            /** Days */
            days: number;
        };
        /**
         * DeadLetter
         * @description An input that a bug put aside, or bytes that could not be read.
         *
         *     `parked` ones stand in the queue of their `parking_key`, `stands_behind` counts those before it; `input` is where it
         *     was read, `attempts` how often it crashed, `actor` who had sent it. `payload` and `headers` only where one is asked
         *     for.
         */
        DeadLetter: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "parked" | "command" | "bytes";
            /**
             * Status
             * @enum {string}
             */
            status: "open" | "requeued" | "discarded";
            /** Type */
            type: string | null;
            /** Subject */
            subject: string;
            /** Parking Key */
            parking_key: string | null;
            /** Account Id */
            account_id: string | null;
            /** Command Id */
            command_id: string | null;
            /** Actor */
            actor: string | null;
            /** Input */
            input: string;
            /** Error */
            error: string;
            /** Attempts */
            attempts: number;
            /** Size Bytes */
            size_bytes: number;
            /**
             * Recorded At
             * Format: date-time
             */
            recorded_at: string;
            /** Tried At */
            tried_at: string | null;
            /** Resolved At */
            resolved_at: string | null;
            /** Resolved By */
            resolved_by: string | null;
            /** Reason */
            reason: string | null;
            /** Id */
            id: string;
            /** Service */
            service: string;
            /** Stands Behind */
            stands_behind: number | null;
            /** Allowed Actions */
            allowed_actions: components["schemas"]["DeadLetterAction"][];
            payload?: components["schemas"]["DeadLetterPayload"] | null;
            /** Headers */
            headers?: {
                [key: string]: string;
            } | null;
        };
        /** DeadLetterAction */
        DeadLetterAction: {
            /**
             * Action
             * @enum {string}
             */
            action: "requeue" | "discard";
            /** Allowed */
            allowed: boolean;
            /** Reason */
            reason: string | null;
        };
        /** DeadLetterPage */
        DeadLetterPage: {
            /** Total */
            total: number;
            /** Totals */
            totals: components["schemas"]["Total"][];
            /** Next Cursor */
            next_cursor: string | null;
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** Items */
            items: components["schemas"]["DeadLetter"][];
        };
        /**
         * DeadLetterPayload
         * @description The first 64 KiB. `base64` is given where the text is not exactly those bytes.
         */
        DeadLetterPayload: {
            /** Size Bytes */
            size_bytes: number;
            /** Truncated */
            truncated: boolean;
            /** Text */
            text: string;
            /** Base64 */
            base64: string | null;
        };
        /**
         * Disagreement
         * @description A sum of which usage and rating say different things, or rating and its charges.
         */
        Disagreement: {
            /** Account Id */
            account_id: string;
            /** Subscription Id */
            subscription_id: string;
            /** Meter */
            meter: string;
            /** Period Start */
            period_start: string;
            /** Usage Records */
            usage_records: number;
            /** Usage Quantity */
            usage_quantity: string;
            /** Rated Records */
            rated_records: number;
            /** Rated Quantity */
            rated_quantity: string;
            /** Charged Records */
            charged_records: number;
        };
        /** DiscardBody */
        DiscardBody: {
            /** Reason */
            reason: string;
        };
        /**
         * Discount
         * @description A percentage ("20" is 20 %) or an amount off each line that starts before `until` (`None`: for ever).
         */
        Discount: {
            /** Percent */
            percent?: string | null;
            /** Amount */
            amount?: string | null;
            /** Until */
            until?: string | null;
        };
        /**
         * Event
         * @description One entry of the audit trail; `data` only where one event, or a timeline, is asked for.
         */
        Event: {
            /** Topic */
            topic: string;
            /** Id */
            id: string;
            /** Type */
            type: string;
            /** Aggregate Id */
            aggregate_id: string;
            /** Account Id */
            account_id: string | null;
            /** Actor */
            actor: string | null;
            /** Correlation Id */
            correlation_id: string | null;
            /** Causation Id */
            causation_id: string | null;
            /** Version */
            version: number;
            /**
             * Recorded At
             * Format: date-time
             */
            recorded_at: string;
            /** Data */
            data?: {
                [key: string]: unknown;
            } | null;
        };
        /** EventPage */
        EventPage: {
            /** Total */
            total: number;
            /** Totals */
            totals: components["schemas"]["Total"][];
            /** Next Cursor */
            next_cursor: string | null;
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** Items */
            items: components["schemas"]["Event"][];
        };
        /**
         * ExplainedCharge
         * @description A charge with what explains it: the price of the plan version, the steps, and the records.
         *
         *     `interval` is how often a price for time is due: its own, or where it says none the account's cycle; `null` for a
         *     price of usage.
         */
        ExplainedCharge: {
            /** Id */
            id: string;
            /** Account Id */
            account_id: string;
            /** N */
            n: number;
            /** Kind */
            kind: string;
            /** Subscription Id */
            subscription_id: string;
            /** Plan Id */
            plan_id: string;
            /** Plan Version */
            plan_version: number;
            /** Price Index */
            price_index: number;
            /** Description */
            description: string;
            amount: components["schemas"]["MoneyBody"];
            /** Unrounded */
            unrounded: string;
            /** Meter */
            meter: string | null;
            /** Unit */
            unit: string | null;
            /** Quantity */
            quantity: string | null;
            /** Records */
            records: number;
            /** Covered Records */
            covered_records: number;
            /** Fraction */
            fraction: string | null;
            /**
             * Fixed At
             * Format: date-time
             */
            fixed_at: string;
            period: components["schemas"]["PeriodBody"];
            billing_period: components["schemas"]["PeriodBody"];
            /** Event */
            event: string;
            /** Price */
            price: {
                [key: string]: unknown;
            } | null;
            /** Interval */
            interval: ("month" | "quarter" | "year") | components["schemas"]["DaysShape"] | null;
            /** Plan Effective From */
            plan_effective_from: string | null;
            /** Steps */
            steps: components["schemas"]["StepShape"][];
            lineage: components["schemas"]["RecordsShape"];
        };
        /**
         * ExplainedLine
         * @description A line with what its amount is made of: the steps add up to `unrounded`, and `net` is that, rounded once.
         */
        ExplainedLine: {
            /** N */
            n: number;
            /** Kind */
            kind: string;
            /** Description */
            description: string;
            /** Subscription Id */
            subscription_id: string | null;
            /** Plan Id */
            plan_id: string | null;
            /** Plan Version */
            plan_version: number | null;
            /** Meter */
            meter: string | null;
            /** Unit */
            unit: string | null;
            /** Quantity */
            quantity: string | null;
            period: components["schemas"]["PeriodShape"];
            net: components["schemas"]["MoneyBody"];
            /** Charge Id */
            charge_id: string | null;
            /** Carried From */
            carried_from: string | null;
            /** Invoice Id */
            invoice_id: string;
            /** Unrounded */
            unrounded: string;
            /** Fraction */
            fraction: string | null;
            /** Steps */
            steps: components["schemas"]["StepShape"][];
            /** Records */
            records: number;
            tariff: components["schemas"]["TariffShape"] | null;
            service_period: components["schemas"]["PeriodShape"];
            charge: components["schemas"]["ChargeLink"] | null;
        };
        /** FieldError */
        FieldError: {
            /** Pointer */
            pointer: string;
            /** Code */
            code: string;
            /** Detail */
            detail: string;
        };
        /**
         * FlatPrice
         * @description `amount` for each whole period of `interval`.
         */
        FlatPrice: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            model: "flat";
            /** Meter */
            meter?: string | null;
            modifiers?: components["schemas"]["Modifiers"] | null;
            /**
             * Rounding
             * @default half_up
             */
            rounding: ("half_up" | "half_even" | "up" | "down") | {
                /** @enum {string} */
                mode?: "half_up" | "half_even" | "up" | "down";
                decimals?: number;
            };
            /** Interval */
            interval?: ("month" | "quarter" | "year") | {
                days: number;
            } | null;
            /**
             * Bill
             * @default advance
             * @enum {string}
             */
            bill: "advance" | "arrears";
            /**
             * Proration
             * @default actual
             * @enum {string}
             */
            proration: "actual" | "fixed_30" | "seconds" | "inclusive" | "none" | "full";
            /**
             * Amount
             * Format: decimal
             * @example 12.40
             */
            amount: string;
        };
        /** Found */
        Found: {
            /** Kind */
            kind: string;
            /** Id */
            id: string;
            /** Label */
            label: string;
            /** Account Id */
            account_id: string | null;
            /** Account Name */
            account_name: string | null;
        };
        /**
         * GraduatedPrice
         * @description `tiers` in rising order; the last one has `up_to: null`.
         */
        GraduatedPrice: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            model: "graduated";
            /** Meter */
            meter?: string | null;
            modifiers?: components["schemas"]["Modifiers"] | null;
            /**
             * Rounding
             * @default half_up
             */
            rounding: ("half_up" | "half_even" | "up" | "down") | {
                /** @enum {string} */
                mode?: "half_up" | "half_even" | "up" | "down";
                decimals?: number;
            };
            /** Tiers */
            tiers: components["schemas"]["GraduatedTier"][];
        };
        /**
         * GraduatedTier
         * @description Units above the bound before and up to `up_to` (included); `None`, the last tier's, is without end.
         */
        GraduatedTier: {
            /** Up To */
            up_to: string | null;
            /**
             * Unit Price
             * Format: decimal
             * @example 12.40
             */
            unit_price: string;
            /** Unit Size */
            unit_size?: string | null;
            /** Flat Fee */
            flat_fee?: string | null;
        };
        /**
         * Invoice
         * @description `provisional`: tax and total of a draft are a forecast at the account's rate until it is locked.
         *
         *     `account_name` is "sealed" for those who may not read names. `time_zone` is the account's: its days and its billing
         *     periods begin at midnight there.
         */
        Invoice: {
            /** Id */
            id: string;
            /** Number */
            number: string | null;
            /** Account Id */
            account_id: string;
            /** Account Name */
            account_name: string | null;
            /** Cycle Id */
            cycle_id: string | null;
            /** Run Id */
            run_id: string | null;
            /**
             * Status
             * @enum {string}
             */
            status: "draft" | "locked" | "issued" | "void" | "carried_forward";
            /** Carried Into */
            carried_into: string | null;
            /**
             * Payment Status
             * @enum {string}
             */
            payment_status: "unpaid" | "partially_paid" | "paid";
            /** Issued On */
            issued_on: string | null;
            /** Due On */
            due_on: string | null;
            /** Days Overdue */
            days_overdue: number;
            /** Time Zone */
            time_zone: string;
            period: components["schemas"]["PeriodBody"];
            net: components["schemas"]["MoneyBody"];
            tax: components["schemas"]["MoneyBody"];
            total: components["schemas"]["MoneyBody"];
            /** Provisional */
            provisional: boolean;
            paid: components["schemas"]["MoneyBody"];
            /** @description Outstanding: what is left to pay. On the document it is the amount due. */
            due: components["schemas"]["MoneyBody"];
            /** Version */
            version: number;
            /** Allowed Actions */
            allowed_actions: components["schemas"]["ActionShape"][];
        };
        /** InvoiceCounts */
        InvoiceCounts: {
            /** Draft */
            draft: number;
            /** Issued */
            issued: number;
        };
        /** InvoiceDetail */
        InvoiceDetail: {
            /** Id */
            id: string;
            /** Number */
            number: string | null;
            /** Account Id */
            account_id: string;
            /** Account Name */
            account_name: string | null;
            /** Cycle Id */
            cycle_id: string | null;
            /** Run Id */
            run_id: string | null;
            /**
             * Status
             * @enum {string}
             */
            status: "draft" | "locked" | "issued" | "void" | "carried_forward";
            /** Carried Into */
            carried_into: string | null;
            /**
             * Payment Status
             * @enum {string}
             */
            payment_status: "unpaid" | "partially_paid" | "paid";
            /** Issued On */
            issued_on: string | null;
            /** Due On */
            due_on: string | null;
            /** Days Overdue */
            days_overdue: number;
            /** Time Zone */
            time_zone: string;
            period: components["schemas"]["PeriodBody"];
            net: components["schemas"]["MoneyBody"];
            tax: components["schemas"]["MoneyBody"];
            total: components["schemas"]["MoneyBody"];
            /** Provisional */
            provisional: boolean;
            paid: components["schemas"]["MoneyBody"];
            /** @description Outstanding: what is left to pay. On the document it is the amount due. */
            due: components["schemas"]["MoneyBody"];
            /** Version */
            version: number;
            /** Allowed Actions */
            allowed_actions: components["schemas"]["ActionShape"][];
            /** Lines */
            lines: components["schemas"]["InvoiceLine"][];
            /** Tax Groups */
            tax_groups: components["schemas"]["TaxGroup"][];
            /** Payments */
            payments: components["schemas"]["Allocation"][];
        };
        /**
         * InvoiceLine
         * @description A line of kind `carried_forward` has no charge, subscription or plan: `carried_from` is the draft it sums up.
         */
        InvoiceLine: {
            /** N */
            n: number;
            /** Description */
            description: string;
            /** Kind */
            kind: string;
            /** Charge Id */
            charge_id: string | null;
            /** Subscription Id */
            subscription_id: string | null;
            /** Plan Id */
            plan_id: string | null;
            /** Plan Version */
            plan_version: number | null;
            /** Carried From */
            carried_from: string | null;
            /** Meter */
            meter: string | null;
            /** Unit */
            unit: string | null;
            /** Quantity */
            quantity: string | null;
            /** Records */
            records: number;
            period: components["schemas"]["PeriodBody"];
            net: components["schemas"]["MoneyBody"];
        };
        /** InvoicePage */
        InvoicePage: {
            /** Total */
            total: number;
            /** Totals */
            totals: components["schemas"]["InvoiceTotal"][];
            /** Next Cursor */
            next_cursor: string | null;
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** Items */
            items: components["schemas"]["Invoice"][];
        };
        /**
         * InvoiceShape
         * @description An invoice as it was issued, in the fields of `GET /v1/invoices`, and its lines.
         *
         *     `paid` is what credit of the account paid of it at once, `due` what is left: the amount due on the document. Later
         *     payments are shown by `GET /v1/invoices/{id}`.
         */
        InvoiceShape: {
            /** Id */
            id: string;
            /** Number */
            number: string | null;
            /** Account Id */
            account_id: string;
            /** Cycle Id */
            cycle_id: string | null;
            /** Run Id */
            run_id: string | null;
            /**
             * Status
             * @enum {string}
             */
            status: "draft" | "locked" | "issued" | "carried_forward";
            /** Carried Into */
            carried_into: string | null;
            /**
             * Payment Status
             * @enum {string}
             */
            payment_status: "unpaid" | "partially_paid" | "paid";
            /** Issued On */
            issued_on: string | null;
            /** Due On */
            due_on: string | null;
            /** Days Overdue */
            days_overdue: number;
            period: components["schemas"]["PeriodShape"];
            net: components["schemas"]["MoneyBody"];
            tax: components["schemas"]["MoneyBody"] | null;
            total: components["schemas"]["MoneyBody"] | null;
            paid: components["schemas"]["MoneyBody"];
            due: components["schemas"]["MoneyBody"];
            /** Provisional */
            provisional: boolean;
            /** Version */
            version: number;
            /** Lines */
            lines: components["schemas"]["LineShape"][];
            /** Allowed Actions */
            allowed_actions: components["schemas"]["ActionShape"][];
        };
        /** InvoiceTotal */
        InvoiceTotal: {
            /** Currency */
            currency: string;
            /** Amount */
            amount: string;
            /** Net */
            net: string;
            /** Total */
            total: string;
            /** Paid */
            paid: string;
            /** Due */
            due: string;
        };
        /**
         * IssueBody
         * @description Nothing needs to be said to issue an invoice.
         */
        IssueBody: Record<string, never>;
        /**
         * JobFailure
         * @description `id` where it is about one thing of several.
         */
        JobFailure: {
            /** Id */
            id?: string | null;
            /** Code */
            code: string;
            /** Detail */
            detail: string;
        };
        /** JobPage */
        JobPage: {
            /** Total */
            total: number;
            /** Totals */
            totals: components["schemas"]["Total"][];
            /** Next Cursor */
            next_cursor: string | null;
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** Items */
            items: components["schemas"]["JobShape"][];
        };
        /**
         * JobShape
         * @description `total` is null until it is counted. `result_url` has what the job has made, until a day after its end.
         */
        JobShape: {
            /** Id */
            id: string;
            /** Kind */
            kind: string;
            /**
             * Status
             * @enum {string}
             */
            status: "queued" | "running" | "done" | "failed" | "cancelled";
            /** Done */
            done: number;
            /** Failed */
            failed: number;
            /** Total */
            total: number | null;
            /** Failures */
            failures: components["schemas"]["JobFailure"][];
            /** Result Url */
            result_url: string | null;
            /** Owner */
            owner: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Finished At */
            finished_at: string | null;
            /** Allowed Actions */
            allowed_actions: components["schemas"]["ActionShape"][];
        };
        /** KeyPage */
        KeyPage: {
            /** Total */
            total: number;
            /** Totals */
            totals: components["schemas"]["Total"][];
            /** Next Cursor */
            next_cursor: string | null;
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** Items */
            items: components["schemas"]["KeyView"][];
        };
        /** KeyView */
        KeyView: {
            /** Id */
            id: string;
            /** Name */
            name: string;
            /**
             * Role
             * @enum {string}
             */
            role: "admin" | "billing" | "support" | "auditor" | "ingest";
            /** Created By */
            created_by: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Revoked At */
            revoked_at: string | null;
        };
        /** Kpi */
        Kpi: {
            /**
             * Name
             * @enum {string}
             */
            name: "invoiced_month" | "collected_month" | "outstanding" | "overdue" | "accounts" | "records_month";
            /** Currency */
            currency: string | null;
            /** Value */
            value: string;
            /** Previous */
            previous: string | null;
            /** Series */
            series: components["schemas"]["KpiPoint"][];
        };
        /** KpiPoint */
        KpiPoint: {
            /**
             * Date
             * Format: date
             */
            date: string;
            /** Value */
            value: string;
        };
        /** KpisReport */
        KpisReport: {
            /** Items */
            items: components["schemas"]["Kpi"][];
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** From */
            from: string | null;
            /** To */
            to: string | null;
            /** Group By */
            group_by: string | null;
            /** Currency */
            currency: string | null;
        };
        /** LinePage */
        LinePage: {
            /** Total */
            total: number;
            /** Totals */
            totals: components["schemas"]["Total"][];
            /** Next Cursor */
            next_cursor: string | null;
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** Items */
            items: components["schemas"]["LineShape"][];
        };
        /**
         * LineShape
         * @description One line; `net` is rounded, `quantity` is `null` where nothing is counted.
         *
         *     A line of kind `carried_forward` has no charge, subscription or plan: `carried_from` is the draft it sums up.
         */
        LineShape: {
            /** N */
            n: number;
            /** Kind */
            kind: string;
            /** Description */
            description: string;
            /** Subscription Id */
            subscription_id: string | null;
            /** Plan Id */
            plan_id: string | null;
            /** Plan Version */
            plan_version: number | null;
            /** Meter */
            meter: string | null;
            /** Unit */
            unit: string | null;
            /** Quantity */
            quantity: string | null;
            period: components["schemas"]["PeriodShape"];
            net: components["schemas"]["MoneyBody"];
            /** Charge Id */
            charge_id: string | null;
            /** Carried From */
            carried_from: string | null;
        };
        /**
         * MeterBody
         * @description `unit` is a word for one of what is counted; records of a period are summed. Invoice lines read the `name`.
         */
        MeterBody: {
            /** Id */
            id?: string | null;
            /** Name */
            name?: string | null;
            /** Unit */
            unit: string;
            /**
             * Aggregation
             * @default sum
             */
            aggregation: string;
        };
        /** MeterPage */
        MeterPage: {
            /** Total */
            total: number;
            /** Totals */
            totals: components["schemas"]["Total"][];
            /** Next Cursor */
            next_cursor: string | null;
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** Items */
            items: components["schemas"]["MeterShape"][];
        };
        /**
         * MeterShape
         * @description `name` is what people call the meter: its id where it was given none.
         */
        MeterShape: {
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Unit */
            unit: string;
            /** Aggregation */
            aggregation: string;
            /** Defined At */
            defined_at: string | null;
            /** Built In */
            built_in: boolean;
            /** Version */
            version: number;
        };
        /**
         * Modifiers
         * @description The `modifiers` of a price; all optional, all exact decimal strings.
         */
        Modifiers: {
            /** Minimum */
            minimum?: string | null;
            /** Maximum */
            maximum?: string | null;
            /** Minimum Commitment */
            minimum_commitment?: string | null;
            discount?: components["schemas"]["Discount"] | null;
            /** Free Quantity */
            free_quantity?: string | null;
        };
        /**
         * MoneyBody
         * @description Money in an HTTP body: `{"amount": "12.40", "currency": "EUR"}`.
         */
        MoneyBody: {
            /**
             * Amount
             * Format: decimal
             * @example 12.40
             */
            amount: string;
            /**
             * Currency
             * @description ISO 4217
             * @example EUR
             */
            currency: string;
        };
        /**
         * NewExport
         * @description One of `list` (the path below `/v1/`) and `report`; `query` is the query string of that path, without a page.
         *
         *     `columns` chooses and orders; without it the file has all of them.
         */
        NewExport: {
            /** List */
            list?: string | null;
            /** Report */
            report?: string | null;
            /**
             * Query
             * @default
             */
            query: string;
            /** Columns */
            columns?: string[] | null;
            /**
             * Format
             * @default csv
             * @enum {string}
             */
            format: "csv" | "xlsx" | "pdf";
        };
        /** NewKeyBody */
        NewKeyBody: {
            /** Name */
            name: string;
            /**
             * Role
             * @enum {string}
             */
            role: "admin" | "billing" | "support" | "auditor" | "ingest";
        };
        /** NewKeyView */
        NewKeyView: {
            /** Id */
            id: string;
            /** Name */
            name: string;
            /**
             * Role
             * @enum {string}
             */
            role: "admin" | "billing" | "support" | "auditor" | "ingest";
            /** Created By */
            created_by: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Revoked At */
            revoked_at: string | null;
            /**
             * Key
             * @description The whole key. It is not shown again.
             */
            key: string;
        };
        /**
         * NewSavedView
         * @description `query` is the query string of the page, without the number of the page.
         */
        NewSavedView: {
            /** List */
            list: string;
            /** Name */
            name: string;
            /** Query */
            query: string;
            /**
             * Shared
             * @default false
             */
            shared: boolean;
        };
        /** NewUserBody */
        NewUserBody: {
            /** Email */
            email: string;
            /** Password */
            password: string;
            /**
             * Role
             * @enum {string}
             */
            role: "admin" | "billing" | "support" | "auditor" | "ingest";
        };
        /** Overview */
        Overview: {
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** Accounts */
            accounts: number;
            /** Subscriptions */
            subscriptions: number;
            invoices: components["schemas"]["InvoiceCounts"];
            usage: components["schemas"]["UsageCounts"];
            /** Totals */
            totals: components["schemas"]["OverviewTotal"][];
            /** Checklist */
            checklist: components["schemas"]["ChecklistStep"][];
        };
        /** OverviewTotal */
        OverviewTotal: {
            /** Currency */
            currency: string;
            /** Invoiced */
            invoiced: string;
            /** Paid */
            paid: string;
            /**
             * Open
             * @description Outstanding: what is left to pay of all issued invoices.
             */
            open: string;
            /** Overdue */
            overdue: string;
        };
        /**
         * PaymentBody
         * @description Money that came in, today at the latest. `invoice_id` is an invoice's id or the number that customers quote;
         *     without it the payment pays the invoices that are due first.
         */
        PaymentBody: {
            /** Id */
            id?: string | null;
            /** Account Id */
            account_id: string;
            amount: components["schemas"]["MoneyBody"];
            /**
             * Method
             * @enum {string}
             */
            method: "card" | "bank_transfer" | "direct_debit" | "cash" | "cheque" | "other";
            /**
             * Received On
             * Format: date
             * @example 2026-06-01
             */
            received_on: string;
            /** External Key */
            external_key?: string | null;
            /** Invoice Id */
            invoice_id?: string | null;
        };
        /** PaymentPage */
        PaymentPage: {
            /** Total */
            total: number;
            /** Totals */
            totals: components["schemas"]["PaymentTotal"][];
            /** Next Cursor */
            next_cursor: string | null;
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** Items */
            items: components["schemas"]["PaymentShape"][];
        };
        /**
         * PaymentShape
         * @description A payment; `allocated` and `unallocated` add up to `amount`, `unallocated` is the account's credit.
         */
        PaymentShape: {
            /** Id */
            id: string;
            /** Account Id */
            account_id: string;
            amount: components["schemas"]["MoneyBody"];
            unallocated: components["schemas"]["MoneyBody"];
            /** Method */
            method: string;
            /**
             * Received On
             * Format: date
             */
            received_on: string;
            /** Invoice Id */
            invoice_id: string | null;
            /** External Key */
            external_key: string | null;
            /**
             * Recorded At
             * Format: date-time
             */
            recorded_at: string;
            /** Version */
            version: number;
            allocated: components["schemas"]["MoneyBody"];
            /** Allocations */
            allocations: components["schemas"]["AllocationShape"][];
            /** Allowed Actions */
            allowed_actions: components["schemas"]["ActionShape"][];
        };
        /** PaymentTotal */
        PaymentTotal: {
            /** Currency */
            currency: string;
            /** Amount */
            amount: string;
            /** Allocated */
            allocated: string;
            /** Unallocated */
            unallocated: string;
        };
        /**
         * Pending
         * @description The command is taken, its result not there yet; `GET /v1/commands/{command_id}` will have it.
         */
        Pending: {
            command_id: string;
        };
        /**
         * PerUnitPrice
         * @description `unit_price` for each unit, or each started block of `unit_size` units, beyond the first `included` ones.
         */
        PerUnitPrice: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            model: "per_unit";
            /** Meter */
            meter?: string | null;
            modifiers?: components["schemas"]["Modifiers"] | null;
            /**
             * Rounding
             * @default half_up
             */
            rounding: ("half_up" | "half_even" | "up" | "down") | {
                /** @enum {string} */
                mode?: "half_up" | "half_even" | "up" | "down";
                decimals?: number;
            };
            /**
             * Unit Price
             * Format: decimal
             * @example 12.40
             */
            unit_price: string;
            /** Unit Size */
            unit_size?: string | null;
            /** Included */
            included?: string | null;
        };
        /**
         * PeriodBody
         * @description A half-open period of days: `{"start": "2026-06-01", "end": "2026-07-01"}`.
         */
        PeriodBody: {
            /**
             * Start
             * Format: date
             * @example 2026-06-01
             */
            start: string;
            /**
             * End
             * Format: date
             * @example 2026-06-01
             */
            end: string;
        };
        /** PeriodShape */
        PeriodShape: {
            /**
             * Start
             * Format: date
             */
            start: string;
            /**
             * End
             * Format: date
             */
            end: string;
        };
        /** PeriodsShape */
        PeriodsShape: {
            /** Items */
            items: components["schemas"]["PeriodBody"][];
        };
        /**
         * PlanBody
         * @description A plan; its prices are version 1, a draft.
         */
        PlanBody: {
            /** Id */
            id?: string | null;
            /** Name */
            name: string;
            /**
             * Currency
             * @description ISO 4217
             * @example EUR
             */
            currency: string;
            /** Prices */
            prices: components["schemas"]["Price"][];
        };
        /** PlanPage */
        PlanPage: {
            /** Total */
            total: number;
            /** Totals */
            totals: components["schemas"]["Total"][];
            /** Next Cursor */
            next_cursor: string | null;
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** Items */
            items: components["schemas"]["PlanShape"][];
        };
        /**
         * PlanShape
         * @description A plan as its latest version, with all of them in `versions`.
         */
        PlanShape: {
            /** Version */
            version: number;
            /**
             * Status
             * @enum {string}
             */
            status: "draft" | "published";
            /** Effective From */
            effective_from: string | null;
            /** Published At */
            published_at: string | null;
            /** Prices */
            prices: components["schemas"]["Price"][];
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Currency */
            currency: string;
            /** Versions */
            versions: components["schemas"]["VersionShape"][];
            /** Allowed Actions */
            allowed_actions: components["schemas"]["ActionShape"][];
        };
        /**
         * Price
         * @description What something costs; `model` says how it is computed.
         */
        Price: components["schemas"]["FlatPrice"] | components["schemas"]["GraduatedPrice"] | components["schemas"]["PerUnitPrice"];
        /**
         * Problem
         * @description RFC 9457. `pointer` is a JSON pointer into the body, or a parameter's name where `in` says so.
         */
        Problem: {
            /** @example urn:meterlog:problem:currency_mismatch */
            type: string;
            title: string;
            status: number;
            detail: string;
            trace_id: string;
            errors: {
                pointer: string;
                code: string;
                detail: string;
                /** @enum {string} */
                in?: "query" | "path" | "header";
            }[];
        };
        /**
         * PublicationBody
         * @description From `effective_from` on, a date in the time zone of each account, the version prices what happens.
         */
        PublicationBody: {
            /**
             * Effective From
             * Format: date
             * @example 2026-06-01
             */
            effective_from: string;
        };
        /** QuarantinePage */
        QuarantinePage: {
            /** Total */
            total: number;
            /** Totals */
            totals: components["schemas"]["Total"][];
            /** Next Cursor */
            next_cursor: string | null;
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** Items */
            items: components["schemas"]["QuarantinedRecord"][];
        };
        /**
         * QuarantinedRecord
         * @description `record` cites the event that holds it; `raw` is a malformed record as far as it could be read.
         */
        QuarantinedRecord: {
            /** Id */
            id: string;
            /** Source */
            source: string;
            /** Resource */
            resource: string | null;
            /** Meter */
            meter: string | null;
            /** Quantity */
            quantity: string | null;
            /** Started At */
            started_at: string | null;
            /** Reason */
            reason: string;
            /** Detail */
            detail: string | null;
            /** Account Id */
            account_id: string | null;
            /** Subscription Id */
            subscription_id: string | null;
            /** Batch Id */
            batch_id: string | null;
            /** Raw */
            raw: string | null;
            /**
             * Recorded At
             * Format: date-time
             */
            recorded_at: string;
            /**
             * State
             * @constant
             */
            state: "quarantined";
            /** Record */
            record: string;
        };
        /** QueueBody */
        QueueBody: {
            /**
             * Parking Key
             * @description As the parked inputs show it: an account's id.
             */
            parking_key: string;
        };
        /**
         * QuoteBody
         * @description With `period` it is about usage, with `start` about time.
         */
        QuoteBody: components["schemas"]["UsageQuoteBody"] | components["schemas"]["RecurringQuoteBody"];
        /**
         * QuoteLine
         * @description `fraction` is "1" for a whole period; `price_index` counts the prices of the question from "0".
         */
        QuoteLine: {
            period: components["schemas"]["QuotePeriod"];
            /** Kind */
            kind: string;
            /** Fraction */
            fraction: string;
            /** Amount */
            amount: string;
            /** Unrounded */
            unrounded: string;
            /** Price Index */
            price_index: string;
            /** Steps */
            steps: components["schemas"]["StepShape"][];
            /** Quantity */
            quantity?: string | null;
            /** Meter */
            meter?: string | null;
        };
        /**
         * QuotePeriod
         * @description Half-open; dates, or instants where the question had instants.
         */
        QuotePeriod: {
            /** Start */
            start: string;
            /** End */
            end: string;
        };
        /**
         * QuoteShape
         * @description `amount` is the sum of the lines' rounded amounts, `unrounded` the sum before rounding.
         */
        QuoteShape: {
            amount: components["schemas"]["MoneyBody"];
            /** Unrounded */
            unrounded: string;
            /** Lines */
            lines: components["schemas"]["QuoteLine"][];
        };
        /**
         * RebuildProof
         * @description One verification or rebuild. `equal` is null where nothing could be compared, as `why` says.
         *
         *     `offsets` map topic and partition to the next offset to apply; `rows`, `digest` and `tables` are those of the
         *     rebuilt tables there. `differences` name table, partition, what differs and a few rows by their keys. `shown`: the
         *     rebuilt tables took the place of the others.
         */
        RebuildProof: {
            /** Proof Id */
            proof_id: string;
            /** Service */
            service: string;
            /** Kind */
            kind: string;
            /** Equal */
            equal: boolean | null;
            /** Shown */
            shown: boolean;
            /** Rows */
            rows: number;
            /** Offsets */
            offsets: {
                [key: string]: number;
            };
            /** Digest */
            digest: string;
            /** Seconds */
            seconds: number;
            /** Generation */
            generation: number;
            /** Resumed */
            resumed: boolean;
            /** Why */
            why: string | null;
            /** Tables */
            tables: {
                [key: string]: unknown;
            }[];
            /** Not Compared */
            not_compared: string[];
            /** Differences */
            differences: {
                [key: string]: unknown;
            }[];
            /**
             * Finished At
             * Format: date-time
             */
            finished_at: string;
        };
        /** RebuildProofPage */
        RebuildProofPage: {
            /** Total */
            total: number;
            /** Totals */
            totals: components["schemas"]["Total"][];
            /** Next Cursor */
            next_cursor: string | null;
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** Items */
            items: components["schemas"]["RebuildProof"][];
        };
        /** ReceivablePage */
        ReceivablePage: {
            /** Total */
            total: number;
            /** Totals */
            totals: components["schemas"]["ReceivableTotal"][];
            /** Next Cursor */
            next_cursor: string | null;
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** Items */
            items: components["schemas"]["ReceivableShape"][];
        };
        /**
         * ReceivableShape
         * @description An issued invoice as something owed: `amount` = `paid` + `open`, which is outstanding.
         */
        ReceivableShape: {
            /** Invoice Id */
            invoice_id: string;
            /** Number */
            number: string;
            /** Account Id */
            account_id: string;
            amount: components["schemas"]["MoneyBody"];
            open: components["schemas"]["MoneyBody"];
            /**
             * Issued On
             * Format: date
             */
            issued_on: string;
            /**
             * Due On
             * Format: date
             */
            due_on: string;
            paid: components["schemas"]["MoneyBody"];
            /**
             * Status
             * @enum {string}
             */
            status: "unpaid" | "partially_paid" | "paid";
        };
        /** ReceivableTotal */
        ReceivableTotal: {
            /** Currency */
            currency: string;
            /** Amount */
            amount: string;
            /** Paid */
            paid: string;
            /** Open */
            open: string;
        };
        /**
         * ReconciledRecord
         * @description A usage record and the term that counts it.
         */
        ReconciledRecord: {
            /** Citation */
            citation: string;
            /** Source */
            source: string;
            /** Id */
            id: string;
            /** Resource */
            resource: string | null;
            /** Meter */
            meter: string | null;
            /** Kind */
            kind: string | null;
            /** Quantity */
            quantity: string | null;
            /** Started At */
            started_at: string | null;
            /**
             * Recorded At
             * Format: date-time
             */
            recorded_at: string;
            /** Account Id */
            account_id: string | null;
            /** Subscription Id */
            subscription_id: string | null;
            /** State */
            state: string;
            /** Reason */
            reason: string | null;
            /** Detail */
            detail: string | null;
            /** Term */
            term: string;
        };
        /** ReconciledRecordPage */
        ReconciledRecordPage: {
            /** Total */
            total: number;
            /** Totals */
            totals: components["schemas"]["Total"][];
            /** Next Cursor */
            next_cursor: string | null;
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** Items */
            items: components["schemas"]["ReconciledRecord"][];
        };
        /**
         * ReconciliationLine
         * @description What became of an account's records of one billing period; what has no account is in the last line.
         *
         *     `links` leads from each term that counts something to the list of exactly those records.
         */
        ReconciliationLine: {
            /** Records In */
            records_in: number;
            /** Accepted */
            accepted: number;
            /** Duplicates */
            duplicates: number;
            /** Conflicts */
            conflicts: number;
            /** Malformed */
            malformed: number;
            /** Billed */
            billed: number;
            /** Allowance */
            allowance: number;
            /** Unbilled */
            unbilled: number;
            /** Parked */
            parked: number;
            /** Not Billable */
            not_billable: number;
            /** Retracted */
            retracted: number;
            /** In Flight */
            in_flight: number;
            /** Unplaced */
            unplaced: number;
            /** Balanced */
            balanced: boolean;
            /** Account Id */
            account_id: string | null;
            period: components["schemas"]["PeriodBody"] | null;
            /** Links */
            links: {
                [key: string]: string;
            };
        };
        /**
         * RecordBody
         * @description One usage record of a quote.
         */
        RecordBody: {
            /**
             * Quantity
             * Format: decimal
             * @example 12.40
             */
            quantity: string;
            /** Meter */
            meter?: string | null;
            /** Started At */
            started_at?: string | null;
            /** Ended At */
            ended_at?: string | null;
            /** Attributes */
            attributes?: {
                [key: string]: string;
            } | null;
        };
        /**
         * RecordsShape
         * @description Usage records by citation: `usage/<partition>/<event>#<record>`.
         */
        RecordsShape: {
            /** Items */
            items: string[];
            /** Total */
            total: number;
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * RecurringQuoteBody
         * @description A subscription to a price for time, from `start` to `end` (`null`: it goes on), up to `target_date`.
         */
        RecurringQuoteBody: {
            price?: components["schemas"]["Price"];
            /**
             * Currency
             * @description ISO 4217
             * @example EUR
             */
            currency: string;
            cycle?: components["schemas"]["CycleBody"] | null;
            /** Start */
            start: string;
            /** End */
            end?: string | null;
            /** Changes */
            changes?: components["schemas"]["ChangeBody"][] | null;
            /** Billed Through */
            billed_through?: string | null;
            /**
             * Target Date
             * Format: date
             * @example 2026-06-01
             */
            target_date: string;
        };
        /**
         * Rejected
         * @description A record that was not taken. `index` counts from 0 in the body, `pointer` is the field in the record.
         */
        Rejected: {
            /** Index */
            index: number;
            /**
             * Code
             * @enum {string}
             */
            code: "malformed" | "schema_violation" | "duplicate_key" | "unsupported";
            /** Pointer */
            pointer: string;
            /** Detail */
            detail: string;
        };
        /**
         * Report
         * @description Rows of a report, and what it answers: `from` and `to` are days, both included, also where they are its own
         *     default; `null` where it takes no such parameter or none was given.
         */
        Report: {
            /** Items */
            items: components["schemas"]["BaseModel"][];
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** From */
            from: string | null;
            /** To */
            to: string | null;
            /** Group By */
            group_by: string | null;
            /** Currency */
            currency: string | null;
        };
        /**
         * ReportedUsage
         * @description One measured consumption. `quantity` and all decimals are strings; a JSON number there is refused.
         *
         *     `id` with `source` is the dedupe key within one UTC day of `started_at`; one without an id is never a duplicate.
         * @example {
         *       "attributes": {
         *         "direction": "down"
         *       },
         *       "ended_at": "2026-11-23T01:05:00Z",
         *       "id": "0192f1c0-7d1e-7c3a-9f0e-0c1d2e3f4a5b",
         *       "kind": "delta",
         *       "meter": "data.octets",
         *       "quantity": "73400320",
         *       "resource": "mac:00:1b:44:11:3a:b7",
         *       "source": "olt-12.par3",
         *       "started_at": "2026-11-23T01:00:00Z"
         *     }
         */
        ReportedUsage: {
            /** Source */
            source: string;
            /** Resource */
            resource: string;
            /** Meter */
            meter: string;
            /** Quantity */
            quantity: string;
            /** Id */
            id?: string | null;
            /** Started At */
            started_at?: string | null;
            /** Ended At */
            ended_at?: string | null;
            /** Attributes */
            attributes?: {
                [key: string]: unknown;
            } | null;
            /**
             * Kind
             * @default delta
             * @enum {string}
             */
            kind: "delta" | "counter" | "session" | "sample";
            /** Counter Bits */
            counter_bits?: (32 | 64) | null;
            /** Boot Id */
            boot_id?: string | null;
            /** Uptime S */
            uptime_s?: number | null;
            /** Session Id */
            session_id?: string | null;
            /** Status */
            status?: ("start" | "interim" | "stop") | null;
        };
        /** RequeueBody */
        RequeueBody: {
            /**
             * Queue
             * @description Also what is parked behind it.
             * @default false
             */
            queue: boolean;
        };
        /**
         * Resolved
         * @description What was done about a dead letter. `left`: inputs that are still parked under its key.
         */
        Resolved: {
            /** Id */
            id: string;
            /**
             * Status
             * @enum {string}
             */
            status: "requeued" | "discarded";
            /** Parking Key */
            parking_key: string | null;
            /** Left */
            left: number;
        };
        /**
         * ResolvedQueue
         * @description What was done about a queue of parked inputs.
         */
        ResolvedQueue: {
            /** Service */
            service: string;
            /** Parking Key */
            parking_key: string;
            /**
             * Status
             * @constant
             */
            status: "requeued";
            /** Left */
            left: number;
        };
        /** ResourceBody */
        ResourceBody: {
            /** Id */
            id?: string | null;
        };
        /** ResourcePage */
        ResourcePage: {
            /** Total */
            total: number;
            /** Totals */
            totals: components["schemas"]["Total"][];
            /** Next Cursor */
            next_cursor: string | null;
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** Items */
            items: components["schemas"]["ResourceShape"][];
        };
        /** ResourceShape */
        ResourceShape: {
            /** Id */
            id: string;
            /**
             * Registered At
             * Format: date-time
             */
            registered_at: string;
            /** Version */
            version: number;
            /** Assignments */
            assignments: components["schemas"]["AssignmentShape"][];
            /** Allowed Actions */
            allowed_actions: components["schemas"]["ActionShape"][];
        };
        /** RevenueReport */
        RevenueReport: {
            /** Items */
            items: components["schemas"]["RevenueRow"][];
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** From */
            from: string | null;
            /** To */
            to: string | null;
            /** Group By */
            group_by: string | null;
            /** Currency */
            currency: string | null;
        };
        /**
         * RevenueRow
         * @description What was invoiced, net of tax; `group` is a period's first day, or the id that was grouped by.
         */
        RevenueRow: {
            /** Group */
            group: string;
            /** Currency */
            currency: string;
            /** Recurring */
            recurring: string;
            /** Usage */
            usage: string;
            /** True Up */
            true_up: string;
            /** Other */
            other: string;
            /** Net */
            net: string;
            /** Lines */
            lines: number;
        };
        /** RoleList */
        RoleList: {
            /** Items */
            items: components["schemas"]["RoleView"][];
            /** Total */
            total: number;
        };
        /** RoleView */
        RoleView: {
            /**
             * Name
             * @enum {string}
             */
            name: "admin" | "billing" | "support" | "auditor" | "ingest";
            /** Description */
            description: string;
            /** May */
            may: string[];
        };
        /** RunPage */
        RunPage: {
            /** Total */
            total: number;
            /** Totals */
            totals: components["schemas"]["Total"][];
            /** Next Cursor */
            next_cursor: string | null;
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** Items */
            items: components["schemas"]["RunShape"][];
        };
        /** RunResultPage */
        RunResultPage: {
            /** Total */
            total: number;
            /** Totals */
            totals: components["schemas"]["RunTotal"][];
            /** Next Cursor */
            next_cursor: string | null;
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** Items */
            items: components["schemas"]["RunResultShape"][];
        };
        /**
         * RunResultShape
         * @description What a run found at an account: the invoice, or why there is none.
         *
         *     Of a period that is still open `unbilled_href` leads to what would be billed now: provisional, as usage still comes.
         */
        RunResultShape: {
            /** Account Id */
            account_id: string;
            /**
             * Outcome
             * @enum {string}
             */
            outcome: "invoiced" | "not_closed" | "failed";
            /** Reason */
            reason: string | null;
            /** Invoice Id */
            invoice_id: string | null;
            /** Number */
            number: string | null;
            /** Status */
            status: string | null;
            net: components["schemas"]["MoneyBody"] | null;
            tax: components["schemas"]["MoneyBody"] | null;
            total: components["schemas"]["MoneyBody"] | null;
            /** Unbilled Href */
            unbilled_href: string | null;
        };
        /**
         * RunShape
         * @description A billing run; `not_closed` counts accounts whose period is still open, `failed` drafts that need a person or are
         *     below zero. `finished_at` is when its last page was walked or its last invoice issued; `null` while it runs.
         */
        RunShape: {
            /** Id */
            id: string;
            /**
             * Status
             * @enum {string}
             */
            status: "running" | "completed" | "previewed";
            scope: components["schemas"]["ScopeShape"];
            /**
             * Target Date
             * Format: date
             */
            target_date: string;
            /** Dry Run */
            dry_run: boolean;
            /** Accounts */
            accounts: number;
            /** Invoices */
            invoices: number;
            /** Not Closed */
            not_closed: number;
            /** Failed */
            failed: number;
            /** Totals */
            totals: components["schemas"]["Total"][];
            /**
             * Started At
             * Format: date-time
             */
            started_at: string;
            /** Started By */
            started_by: string | null;
            /** Finished At */
            finished_at: string | null;
            /** Version */
            version: number;
            /** Allowed Actions */
            allowed_actions: components["schemas"]["ActionShape"][];
        };
        /** RunTotal */
        RunTotal: {
            /** Currency */
            currency: string;
            /** Amount */
            amount: string;
            /** Net */
            net: string;
            /** Tax */
            tax: string;
        };
        /** SavedViewPage */
        SavedViewPage: {
            /** Total */
            total: number;
            /** Totals */
            totals: components["schemas"]["Total"][];
            /** Next Cursor */
            next_cursor: string | null;
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** Items */
            items: components["schemas"]["SavedViewShape"][];
        };
        /**
         * SavedViewShape
         * @description `owner` is who saved it, as in the audit trail; `version` counts how often it was saved otherwise.
         */
        SavedViewShape: {
            /** Id */
            id: string;
            /** List */
            list: string;
            /** Name */
            name: string;
            /** Query */
            query: string;
            /** Shared */
            shared: boolean;
            /** Owner */
            owner: string;
            /** Version */
            version: number;
            /** Allowed Actions */
            allowed_actions: components["schemas"]["ActionShape"][];
        };
        /**
         * ScopeBody
         * @description Either a whole cycle or accounts by name.
         */
        ScopeBody: {
            /** Cycle Id */
            cycle_id?: string | null;
            /** Account Ids */
            account_ids?: string[] | null;
        };
        /** ScopeShape */
        ScopeShape: {
            /** Cycle Id */
            cycle_id?: string | null;
            /** Account Ids */
            account_ids?: string[] | null;
        };
        /** SearchResult */
        SearchResult: {
            /** Items */
            items: components["schemas"]["Found"][];
        };
        /**
         * ServiceHealth
         * @description `lag`: messages of all partitions not taken yet, from the ends of the logs; null while it has never told.
         *     `projection_lag_ms`: the age of the newest event of its log that is shown, while there are newer ones.
         *     `stands_still_s`: for how long one of its partitions has taken nothing, though there is something to take.
         */
        ServiceHealth: {
            /** Name */
            name: string;
            /** Ready */
            ready: boolean;
            /** Lag */
            lag: number | null;
            /** Projection Lag Ms */
            projection_lag_ms: number | null;
            /** Last Event At */
            last_event_at: string | null;
            /** Detail */
            detail: string | null;
            /** Unready S */
            unready_s: number;
            /** Stands Still S */
            stands_still_s: number | null;
        };
        /** ServiceNotice */
        ServiceNotice: {
            /** Name */
            name: string;
            /** Detail */
            detail: string;
        };
        /** ServicesHealth */
        ServicesHealth: {
            /** Items */
            items: components["schemas"]["ServiceHealth"][];
        };
        /**
         * SessionView
         * @description Who is logged in. `email` is null for an API key, which has a `name` instead.
         */
        SessionView: {
            /** Email */
            email: string | null;
            /** Name */
            name?: string | null;
            /** Role */
            role: string;
            /** Allowed */
            allowed: string[];
        };
        /**
         * StepShape
         * @description One term of an amount, before rounding. `tier` counts from "1", or names an adjustment ("included", "minimum").
         *
         *     With `unit_size`, `unit_price` is for each started block of that many units.
         */
        StepShape: {
            /** Tier */
            tier: string;
            /** Quantity */
            quantity: string;
            /** Unit Price */
            unit_price: string;
            /** Amount */
            amount: string;
            /** Unit Size */
            unit_size?: string | null;
            /** Flat Fee */
            flat_fee?: string | null;
        };
        /**
         * SubscriptionBody
         * @description `start` is the first day of service, `end` the day after the last, both in the account's time zone.
         */
        SubscriptionBody: {
            /** Id */
            id?: string | null;
            /** Account Id */
            account_id: string;
            /** Plan Id */
            plan_id: string;
            /**
             * Start
             * Format: date
             * @example 2026-06-01
             */
            start: string;
            /** End */
            end?: string | null;
        };
        /** SubscriptionPage */
        SubscriptionPage: {
            /** Total */
            total: number;
            /** Totals */
            totals: components["schemas"]["Total"][];
            /** Next Cursor */
            next_cursor: string | null;
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** Items */
            items: components["schemas"]["SubscriptionShape"][];
        };
        /**
         * SubscriptionShape
         * @description A subscription; `status` as of today in the account's time zone.
         */
        SubscriptionShape: {
            /** Id */
            id: string;
            /** Account Id */
            account_id: string;
            /** Plan Id */
            plan_id: string;
            /**
             * Start
             * Format: date
             */
            start: string;
            /** End */
            end: string | null;
            /**
             * Started At
             * Format: date-time
             */
            started_at: string;
            /**
             * Status
             * @enum {string}
             */
            status: "pending" | "active" | "ended";
            /** Version */
            version: number;
            /** Allowed Actions */
            allowed_actions: components["schemas"]["ActionShape"][];
        };
        /** Taken */
        Taken: {
            /** Batch Id */
            batch_id: string;
            /** Received */
            received: number;
            /** Rejected */
            rejected: components["schemas"]["Rejected"][];
        };
        /** TariffShape */
        TariffShape: {
            /** Plan Id */
            plan_id: string;
            /** Version */
            version: number;
            /** Href */
            href: string;
        };
        /** TaxGroup */
        TaxGroup: {
            /** Category */
            category: string;
            /** Rate */
            rate: string;
            /** Base */
            base: string;
            /** Tax */
            tax: string;
        };
        /** Timeline */
        Timeline: {
            /** Items */
            items: components["schemas"]["Event"][];
        };
        /**
         * Total
         * @description The sum of one currency over everything that matches.
         */
        Total: {
            /** Currency */
            currency: string;
            /** Amount */
            amount: string;
        };
        /**
         * UnbilledLine
         * @description A line as it would be charged; `unrounded` is exact.
         */
        UnbilledLine: {
            /** Kind */
            kind: string;
            /** Subscription Id */
            subscription_id: string;
            /** Plan Id */
            plan_id: string;
            /** Plan Version */
            plan_version: number;
            /** Price Index */
            price_index: number;
            /** Description */
            description: string;
            /** Meter */
            meter: string | null;
            /** Unit */
            unit: string | null;
            /** Quantity */
            quantity: string | null;
            period: components["schemas"]["PeriodBody"];
            amount: components["schemas"]["MoneyBody"];
            /** Unrounded */
            unrounded: string;
            /** Fraction */
            fraction: string;
            /** Records */
            records: number;
            /** Steps */
            steps: {
                [key: string]: string;
            }[];
        };
        /**
         * UnbilledShape
         * @description `period` is the open one; `lines` reach over all periods that are not closed.
         */
        UnbilledShape: {
            /** Account Id */
            account_id: string;
            period: components["schemas"]["PeriodBody"];
            amount: components["schemas"]["MoneyBody"];
            /** Provisional */
            provisional: boolean;
            /** Lines */
            lines: components["schemas"]["UnbilledLine"][];
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
        };
        /** UsageBucket */
        UsageBucket: {
            /**
             * Start
             * Format: date-time
             */
            start: string;
            /** State */
            state?: string | null;
            /** Meter */
            meter?: string | null;
            /** Records */
            records: number;
            /** Quantity */
            quantity?: string | null;
        };
        /** UsageCharge */
        UsageCharge: {
            /** Charge Id */
            charge_id: string;
            /** Kind */
            kind: string;
            billing_period: components["schemas"]["PeriodBody"];
            amount: components["schemas"]["MoneyBody"];
        };
        /** UsageCounts */
        UsageCounts: {
            /** Records */
            records: number;
            /** Quarantined */
            quarantined: number;
        };
        /** UsageLine */
        UsageLine: {
            /** Invoice Id */
            invoice_id: string;
            /** Number */
            number: string | null;
            /** N */
            n: number;
            net: components["schemas"]["MoneyBody"];
        };
        /** UsagePage */
        UsagePage: {
            /** Total */
            total: number;
            /** Totals */
            totals: components["schemas"]["Total"][];
            /** Next Cursor */
            next_cursor: string | null;
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** Items */
            items: components["schemas"]["UsageRecord"][];
        };
        /**
         * UsageQuoteBody
         * @description What was used in `period`: `quantity`, or the sum of `records`, on top of `already_billed_quantity` (R16).
         */
        UsageQuoteBody: {
            price?: components["schemas"]["Price"];
            prices?: components["schemas"]["Price"][];
            /**
             * Currency
             * @description ISO 4217
             * @example EUR
             */
            currency: string;
            period: components["schemas"]["PeriodBody"];
            cycle?: components["schemas"]["CycleBody"] | null;
            /** Records */
            records?: components["schemas"]["RecordBody"][] | null;
            /** Quantity */
            quantity?: string | null;
            /** Already Billed Quantity */
            already_billed_quantity?: string | null;
        };
        /**
         * UsageReconciliation
         * @description Where every record of a span of service time has gone, with a line for each account and billing period.
         *
         *     `quarantined` tells `parked` and `malformed` by reason; `account_parked` waits in rating. `unbalanced` names the
         *     first 100 records that break the statement. `settled`: everything reported before is in it, and nothing in flight;
         *     where it is not, `waiting_for` names logs with messages that have not been taken, and by whom.
         */
        UsageReconciliation: {
            /** Records In */
            records_in: number;
            /** Accepted */
            accepted: number;
            /** Duplicates */
            duplicates: number;
            /** Conflicts */
            conflicts: number;
            /** Malformed */
            malformed: number;
            /** Billed */
            billed: number;
            /** Allowance */
            allowance: number;
            /** Unbilled */
            unbilled: number;
            /** Parked */
            parked: number;
            /** Not Billable */
            not_billable: number;
            /** Retracted */
            retracted: number;
            /** In Flight */
            in_flight: number;
            /** Unplaced */
            unplaced: number;
            /** Balanced */
            balanced: boolean;
            /** Total */
            total: number;
            /** Totals */
            totals: components["schemas"]["Total"][];
            /** Next Cursor */
            next_cursor: string | null;
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** Quarantined */
            quarantined: {
                [key: string]: number;
            };
            /** Settled */
            settled: boolean;
            /** Waiting For */
            waiting_for: string[];
            /** In Flight Since */
            in_flight_since: string | null;
            /** Unbalanced */
            unbalanced: string[];
            /** Unbalanced Total */
            unbalanced_total: number;
            /** Disagreements */
            disagreements: components["schemas"]["Disagreement"][];
            /** Disagreements Total */
            disagreements_total: number;
            /** Links */
            links: {
                [key: string]: string;
            };
            /** Items */
            items: components["schemas"]["ReconciliationLine"][];
        };
        /** UsageRecord */
        UsageRecord: {
            /** Citation */
            citation: string;
            /** Source */
            source: string;
            /** Id */
            id: string;
            /** Resource */
            resource: string | null;
            /** Meter */
            meter: string | null;
            /** Kind */
            kind: string | null;
            /** Quantity */
            quantity: string | null;
            /** Started At */
            started_at: string | null;
            /**
             * Recorded At
             * Format: date-time
             */
            recorded_at: string;
            /** Account Id */
            account_id: string | null;
            /** Subscription Id */
            subscription_id: string | null;
            /** State */
            state: string;
            /** Reason */
            reason: string | null;
            /** Detail */
            detail: string | null;
        };
        /**
         * UsageRecordDetail
         * @description A record with its way: where it stands in the log, which charges it is part of, and their invoice lines.
         *
         *     `ended_at` is `started_at` where the record gave one instant only; both are null of a record that was set aside.
         */
        UsageRecordDetail: {
            /** Citation */
            citation: string;
            /** Source */
            source: string;
            /** Id */
            id: string;
            /** Resource */
            resource: string | null;
            /** Meter */
            meter: string | null;
            /** Kind */
            kind: string | null;
            /** Quantity */
            quantity: string | null;
            /** Started At */
            started_at: string | null;
            /**
             * Recorded At
             * Format: date-time
             */
            recorded_at: string;
            /** Account Id */
            account_id: string | null;
            /** Subscription Id */
            subscription_id: string | null;
            /** State */
            state: string;
            /** Reason */
            reason: string | null;
            /** Detail */
            detail: string | null;
            /** Ended At */
            ended_at: string | null;
            /** Attributes */
            attributes: {
                [key: string]: unknown;
            } | null;
            /** Session */
            session: null;
            /** Charges */
            charges: components["schemas"]["UsageCharge"][];
            /** Lines */
            lines: components["schemas"]["UsageLine"][];
            /** Copies */
            copies: components["schemas"]["UsageRecord"][];
        };
        /** UsageReport */
        UsageReport: {
            /** Items */
            items: components["schemas"]["UsageRow"][];
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** From */
            from: string | null;
            /** To */
            to: string | null;
            /** Group By */
            group_by: string | null;
            /** Currency */
            currency: string | null;
        };
        /**
         * UsageRow
         * @description Usage of one meter in a group; `quantity` is an exact decimal in the meter's unit, of the accepted records.
         */
        UsageRow: {
            /** Group */
            group: string;
            /** Meter */
            meter: string | null;
            /** Records */
            records: number;
            /** Accepted */
            accepted: number;
            /** Quarantined */
            quarantined: number;
            /** Duplicates */
            duplicates: number;
            /** Conflicts */
            conflicts: number;
            /** Quantity */
            quantity: string;
        };
        /** UsageSummary */
        UsageSummary: {
            /**
             * Bucket
             * @enum {string}
             */
            bucket: "day" | "hour";
            /**
             * By
             * @enum {string}
             */
            by: "state" | "meter";
            /** Items */
            items: components["schemas"]["UsageBucket"][];
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
        };
        /** UserPage */
        UserPage: {
            /** Total */
            total: number;
            /** Totals */
            totals: components["schemas"]["Total"][];
            /** Next Cursor */
            next_cursor: string | null;
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** Items */
            items: components["schemas"]["UserView"][];
        };
        /** UserView */
        UserView: {
            /** Id */
            id: string;
            /** Email */
            email: string;
            /**
             * Role
             * @enum {string}
             */
            role: "admin" | "billing" | "support" | "auditor" | "ingest";
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
        };
        /**
         * VersionBody
         * @description The next version of a plan, a draft. Without `name` the plan keeps its own.
         */
        VersionBody: {
            /** Name */
            name?: string | null;
            /** Prices */
            prices: components["schemas"]["Price"][];
        };
        /** VersionShape */
        VersionShape: {
            /** Version */
            version: number;
            /**
             * Status
             * @enum {string}
             */
            status: "draft" | "published";
            /** Effective From */
            effective_from: string | null;
            /** Published At */
            published_at: string | null;
            /** Prices */
            prices: components["schemas"]["Price"][];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    rating_accounts: {
        parameters: {
            query?: {
                id?: string[];
                account_id?: string[];
                q?: string;
                cycle_id?: string[];
                currency?: string[];
                from?: string;
                to?: string;
                limit?: number;
                cursor?: string;
                page?: number;
                size?: number;
                sort?: "id" | "-id" | "opened_at" | "-opened_at" | "opened_on" | "-opened_on";
            };
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountPage"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rating_open_account: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
                /** @description 1 to 255 visible ASCII characters; a retry under the same key is done once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    /** @description Where the write stands in the log; a read that carries it sees it. */
                    Position?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountShape"];
                };
            };
            /** @description Taken; no result within 5 s. */
            202: {
                headers: {
                    /** @description Where its result will be. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pending"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rating_account: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountShape"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    payments_balance: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BalanceShape"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    payments_receivables: {
        parameters: {
            query?: {
                status?: ("unpaid" | "partially_paid" | "paid")[];
                due_from?: string;
                due_to?: string;
                limit?: number;
                cursor?: string;
                page?: number;
                size?: number;
                sort?: "due_on" | "-due_on" | "issued_on" | "-issued_on" | "amount" | "-amount" | "open" | "-open";
            };
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReceivablePage"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rating_account_unbilled: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnbilledShape"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reporting_list_api_keys: {
        parameters: {
            query?: {
                id?: string[];
                name?: string[];
                role?: ("admin" | "billing" | "support" | "auditor" | "ingest")[];
                created_by?: string[];
                revoked?: boolean;
                limit?: number;
                cursor?: string;
                page?: number;
                size?: number;
                sort?: "created_at" | "-created_at" | "name" | "-name";
            };
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyPage"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reporting_create_api_key: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
                /** @description 1 to 255 visible ASCII characters; a retry under the same key is done once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewKeyBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewKeyView"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reporting_revoke_api_key: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                key_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rating_cycles: {
        parameters: {
            query?: {
                id?: string[];
                name?: string[];
                limit?: number;
                cursor?: string;
                page?: number;
                size?: number;
                sort?: "id" | "-id" | "name" | "-name" | "defined_at" | "-defined_at";
            };
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CyclePage"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rating_define_cycle: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
                /** @description 1 to 255 visible ASCII characters; a retry under the same key is done once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CycleDefinition"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    /** @description Where the write stands in the log; a read that carries it sees it. */
                    Position?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CycleShape"];
                };
            };
            /** @description Taken; no result within 5 s. */
            202: {
                headers: {
                    /** @description Where its result will be. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pending"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rating_cycle: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                cycle_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CycleShape"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rating_cycle_periods: {
        parameters: {
            query?: {
                count?: number;
                /** @description a day of the first period; today if absent */
                from?: string | null;
            };
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                cycle_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PeriodsShape"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    invoicing_billing_runs: {
        parameters: {
            query?: {
                status?: ("running" | "completed" | "previewed")[];
                cycle_id?: string[];
                dry_run?: boolean;
                from?: string;
                to?: string;
                limit?: number;
                cursor?: string;
                page?: number;
                size?: number;
                sort?: "started_at" | "-started_at" | "target_date" | "-target_date";
            };
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunPage"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    invoicing_start_billing_run: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
                /** @description 1 to 255 visible ASCII characters; a retry under the same key is done once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BillingRunBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    /** @description Where the write stands in the log; a read that carries it sees it. */
                    Position?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunShape"];
                };
            };
            /** @description Taken; no result within 5 s. */
            202: {
                headers: {
                    /** @description Where its result will be. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pending"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    invoicing_billing_run: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunShape"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    invoicing_billing_run_results: {
        parameters: {
            query?: {
                outcome?: ("invoiced" | "not_closed" | "failed")[];
                account_id?: string[];
                currency?: string[];
                limit?: number;
                cursor?: string;
                page?: number;
                size?: number;
                sort?: "account_id" | "-account_id" | "total" | "-total";
            };
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunResultPage"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rating_charges: {
        parameters: {
            query?: {
                id?: string[];
                account_id?: string[];
                subscription_id?: string[];
                plan_id?: string[];
                kind?: ("recurring" | "usage" | "true_up" | "credit")[];
                meter?: string[];
                currency?: string[];
                from?: string;
                to?: string;
                billing_period?: string[];
                limit?: number;
                cursor?: string;
                page?: number;
                size?: number;
                sort?: "period" | "-period" | "billing_period" | "-billing_period" | "fixed_at" | "-fixed_at" | "amount" | "-amount" | "n" | "-n";
            };
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChargePage"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rating_charge: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                charge_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExplainedCharge"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rating_charge_records: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                charge_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordsShape"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    entry_clock: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What time it is for the system */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Clock"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    entry_set_clock: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    now: string | null;
                };
            };
        };
        responses: {
            /** @description Set the test clock; null lets it run again, as DELETE does */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Clock"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    entry_release_clock: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Let the test clock run again: with real time, or on from where it stands ahead of it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Clock"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    entry_advance_clock: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: date-time
                     * @example 2026-11-23T06:00:00Z
                     */
                    to: string;
                };
            };
        };
        responses: {
            /** @description Move the test clock; answers when everything due has happened */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Clock"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    usage_command: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                command_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandState"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reporting_list_customer_configs: {
        parameters: {
            query?: {
                account_id?: string[];
                cycle_id?: string[];
                currency?: string[];
                plan_id?: string;
                overdue?: boolean;
                q?: string;
                limit?: number;
                cursor?: string;
                page?: number;
                size?: number;
                sort?: "account_id" | "-account_id" | "opened_on" | "-opened_on" | "open" | "-open" | "overdue" | "-overdue" | "credit" | "-credit" | "subscriptions" | "-subscriptions";
            };
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerConfigPage"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reporting_read_customer_config: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerConfig"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reporting_list_dead_letters: {
        parameters: {
            query?: {
                service?: ("usage" | "rating" | "invoicing" | "payments")[];
                status?: ("open" | "requeued" | "discarded")[];
                kind?: ("parked" | "command" | "bytes")[];
                account_id?: string[];
                parking_key?: string[];
                type?: string[];
                command_id?: string[];
                from?: string;
                to?: string;
                limit?: number;
                cursor?: string;
                page?: number;
                size?: number;
                sort?: "recorded_at" | "-recorded_at";
            };
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLetterPage"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    usage_requeue_parked: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
                /** @description 1 to 255 visible ASCII characters; a retry under the same key is done once. */
                "Idempotency-Key"?: string;
                /** @description The `version` that is to be changed, such as "3"; else 412. */
                "If-Match"?: string;
            };
            path: {
                service: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QueueBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    /** @description Where the write stands in the log; a read that carries it sees it. */
                    Position?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResolvedQueue"];
                };
            };
            /** @description Taken; no result within 5 s. */
            202: {
                headers: {
                    /** @description Where its result will be. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pending"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reporting_read_dead_letter: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                letter_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLetter"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    usage_discard_dead_letter: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
                /** @description 1 to 255 visible ASCII characters; a retry under the same key is done once. */
                "Idempotency-Key"?: string;
                /** @description The `version` that is to be changed, such as "3"; else 412. */
                "If-Match"?: string;
            };
            path: {
                letter_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DiscardBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    /** @description Where the write stands in the log; a read that carries it sees it. */
                    Position?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Resolved"];
                };
            };
            /** @description Taken; no result within 5 s. */
            202: {
                headers: {
                    /** @description Where its result will be. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pending"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    usage_requeue_dead_letter: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
                /** @description 1 to 255 visible ASCII characters; a retry under the same key is done once. */
                "Idempotency-Key"?: string;
                /** @description The `version` that is to be changed, such as "3"; else 412. */
                "If-Match"?: string;
            };
            path: {
                letter_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RequeueBody"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    /** @description Where the write stands in the log; a read that carries it sees it. */
                    Position?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Resolved"];
                };
            };
            /** @description Taken; no result within 5 s. */
            202: {
                headers: {
                    /** @description Where its result will be. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pending"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reporting_list_events: {
        parameters: {
            query?: {
                account_id?: string[];
                actor?: string[];
                correlation_id?: string[];
                causation_id?: string[];
                aggregate_id?: string[];
                type?: string[];
                topic?: string[];
                from?: string;
                to?: string;
                limit?: number;
                cursor?: string;
                page?: number;
                size?: number;
                sort?: "recorded_at" | "-recorded_at";
            };
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventPage"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reporting_read_event: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                event_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Event"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    entry_services_health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Whether each service does its work, seen from outside */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServicesHealth"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reporting_list_invoices: {
        parameters: {
            query?: {
                status?: ("draft" | "locked" | "issued" | "void" | "carried_forward")[];
                payment_status?: ("unpaid" | "partially_paid" | "paid")[];
                account_id?: string[];
                cycle_id?: string[];
                run_id?: string[];
                currency?: string[];
                number?: string[];
                overdue?: boolean;
                below_zero?: boolean;
                q?: string;
                from?: string;
                to?: string;
                due_from?: string;
                due_to?: string;
                limit?: number;
                cursor?: string;
                page?: number;
                size?: number;
                sort?: "issued_on" | "-issued_on" | "due_on" | "-due_on" | "number" | "-number" | "account_id" | "-account_id" | "status" | "-status" | "days_overdue" | "-days_overdue" | "net" | "-net" | "total" | "-total" | "paid" | "-paid" | "due" | "-due" | "id" | "-id" | "period" | "-period";
            };
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvoicePage"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reporting_read_invoice: {
        parameters: {
            query?: {
                as_of?: string | null;
                known_at?: string | null;
            };
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                invoice_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvoiceDetail"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    invoicing_issue_invoice: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
                /** @description 1 to 255 visible ASCII characters; a retry under the same key is done once. */
                "Idempotency-Key"?: string;
                /** @description The `version` that is to be changed, such as "3"; else 412. */
                "If-Match"?: string;
            };
            path: {
                invoice_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["IssueBody"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    /** @description Where the write stands in the log; a read that carries it sees it. */
                    Position?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvoiceShape"];
                };
            };
            /** @description Taken; no result within 5 s. */
            202: {
                headers: {
                    /** @description Where its result will be. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pending"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    invoicing_lines: {
        parameters: {
            query?: {
                kind?: string[];
                meter?: string[];
                subscription_id?: string[];
                limit?: number;
                cursor?: string;
                page?: number;
                size?: number;
                sort?: "n" | "-n" | "net" | "-net";
            };
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                invoice_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinePage"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    invoicing_explain_line: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                invoice_id: string;
                n: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExplainedLine"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    invoicing_invoice_pdf: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                invoice_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reporting_read_invoice_timeline: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                invoice_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Timeline"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reporting_list_jobs: {
        parameters: {
            query?: {
                status?: ("queued" | "running" | "done" | "failed" | "cancelled")[];
                kind?: string[];
                limit?: number;
                cursor?: string;
                page?: number;
                size?: number;
                sort?: "created_at" | "-created_at";
            };
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobPage"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reporting_read_job: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobShape"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reporting_cancel_job: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobShape"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    usage_meters: {
        parameters: {
            query?: {
                id?: string[];
                unit?: string[];
                aggregation?: string[];
                limit?: number;
                cursor?: string;
                page?: number;
                size?: number;
                sort?: "id" | "-id" | "defined_at" | "-defined_at";
            };
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeterPage"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    usage_define_meter: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
                /** @description 1 to 255 visible ASCII characters; a retry under the same key is done once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MeterBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    /** @description Where the write stands in the log; a read that carries it sees it. */
                    Position?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeterShape"];
                };
            };
            /** @description Taken; no result within 5 s. */
            202: {
                headers: {
                    /** @description Where its result will be. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pending"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    usage_meter: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                meter_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MeterShape"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reporting_read_overview: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Overview"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reporting_read_attention: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Attention"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    payments_payments: {
        parameters: {
            query?: {
                account_id?: string[];
                method?: ("card" | "bank_transfer" | "direct_debit" | "cash" | "cheque" | "other")[];
                currency?: string[];
                invoice_id?: string;
                external_key?: string[];
                from?: string;
                to?: string;
                unallocated?: boolean;
                limit?: number;
                cursor?: string;
                page?: number;
                size?: number;
                sort?: "received_on" | "-received_on" | "recorded_at" | "-recorded_at" | "amount" | "-amount";
            };
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentPage"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    payments_record_payment: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
                /** @description 1 to 255 visible ASCII characters; a retry under the same key is done once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaymentBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    /** @description Where the write stands in the log; a read that carries it sees it. */
                    Position?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentShape"];
                };
            };
            /** @description Taken; no result within 5 s. */
            202: {
                headers: {
                    /** @description Where its result will be. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pending"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    payments_payment: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                payment_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentShape"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rating_plans: {
        parameters: {
            query?: {
                id?: string[];
                name?: string[];
                currency?: string[];
                status?: ("draft" | "published")[];
                limit?: number;
                cursor?: string;
                page?: number;
                size?: number;
                sort?: "id" | "-id" | "name" | "-name" | "effective_from" | "-effective_from";
            };
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanPage"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rating_draft_plan: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
                /** @description 1 to 255 visible ASCII characters; a retry under the same key is done once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlanBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    /** @description Where the write stands in the log; a read that carries it sees it. */
                    Position?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanShape"];
                };
            };
            /** @description Taken; no result within 5 s. */
            202: {
                headers: {
                    /** @description Where its result will be. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pending"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rating_plan: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                plan_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanShape"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rating_draft_plan_version: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
                /** @description 1 to 255 visible ASCII characters; a retry under the same key is done once. */
                "Idempotency-Key"?: string;
                /** @description The `version` that is to be changed, such as "3"; else 412. */
                "If-Match"?: string;
            };
            path: {
                plan_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VersionBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    /** @description Where the write stands in the log; a read that carries it sees it. */
                    Position?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanShape"];
                };
            };
            /** @description Taken; no result within 5 s. */
            202: {
                headers: {
                    /** @description Where its result will be. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pending"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rating_plan_version: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                plan_id: string;
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VersionShape"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rating_publish_plan_version: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
                /** @description 1 to 255 visible ASCII characters; a retry under the same key is done once. */
                "Idempotency-Key"?: string;
                /** @description The `version` that is to be changed, such as "3"; else 412. */
                "If-Match"?: string;
            };
            path: {
                plan_id: string;
                version: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PublicationBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    /** @description Where the write stands in the log; a read that carries it sees it. */
                    Position?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanShape"];
                };
            };
            /** @description Taken; no result within 5 s. */
            202: {
                headers: {
                    /** @description Where its result will be. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pending"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rating_quote_price: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QuoteBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuoteShape"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reporting_read_usage_reconciliation: {
        parameters: {
            query?: {
                from?: string;
                to?: string;
                account_id?: string[];
                subscription_id?: string[];
                limit?: number;
                cursor?: string;
                page?: number;
                size?: number;
            };
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsageReconciliation"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reporting_list_reconciled_records: {
        parameters: {
            query?: {
                term?: ("billed" | "allowance" | "unbilled" | "parked" | "not_billable" | "retracted" | "in_flight" | "unplaced" | "duplicates" | "conflicts" | "malformed")[];
                from?: string;
                to?: string;
                account_id?: string[];
                without_account?: boolean;
                subscription_id?: string[];
                meter?: string[];
                reason?: string[];
                limit?: number;
                cursor?: string;
                page?: number;
                size?: number;
                sort?: "recorded_at" | "-recorded_at" | "started_at" | "-started_at" | "quantity" | "-quantity";
            };
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReconciledRecordPage"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    entry_rebuilds: {
        parameters: {
            query?: {
                /** @description of this service; may be repeated */
                service?: "usage" | "rating" | "invoicing" | "payments" | "reporting";
                /** @description of this kind */
                kind?: "verify" | "rebuild";
                /** @description with this result */
                equal?: boolean;
                /** @description finished then or later; an instant, or a date meaning its first moment in UTC */
                from?: string;
                /** @description finished before */
                to?: string;
                /** @description so many at once */
                limit?: number;
                /** @description go on where a list ended: its `next_cursor` */
                cursor?: string;
                /** @description in place of limit and cursor, with size */
                page?: number;
                /** @description of a page */
                size?: number;
                /** @description `finished_at`, with a minus in front for the newest first */
                sort?: unknown;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What verifications and rebuilds have found */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RebuildProofPage"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reporting_export: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
                /** @description 1 to 255 visible ASCII characters; a retry under the same key is done once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewExport"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobShape"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reporting_download: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reporting_read_ar_aging: {
        parameters: {
            query?: {
                from?: string | null;
                to?: string | null;
                group_by?: string | null;
                currency?: string | null;
            };
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArAgingReport"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reporting_read_kpis: {
        parameters: {
            query?: {
                from?: string | null;
                to?: string | null;
                group_by?: string | null;
                currency?: string | null;
            };
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KpisReport"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reporting_read_revenue: {
        parameters: {
            query?: {
                from?: string | null;
                to?: string | null;
                group_by?: string | null;
                currency?: string | null;
            };
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RevenueReport"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reporting_read_usage: {
        parameters: {
            query?: {
                from?: string | null;
                to?: string | null;
                group_by?: string | null;
                currency?: string | null;
            };
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsageReport"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reporting_read_report: {
        parameters: {
            query?: {
                from?: string | null;
                to?: string | null;
                group_by?: string | null;
                currency?: string | null;
            };
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Report"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    usage_resources: {
        parameters: {
            query?: {
                id?: string[];
                prefix?: string;
                account_id?: string;
                subscription_id?: string;
                limit?: number;
                cursor?: string;
                page?: number;
                size?: number;
                sort?: "id" | "-id" | "registered_at" | "-registered_at";
            };
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResourcePage"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    usage_register_resource: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
                /** @description 1 to 255 visible ASCII characters; a retry under the same key is done once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResourceBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    /** @description Where the write stands in the log; a read that carries it sees it. */
                    Position?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResourceShape"];
                };
            };
            /** @description Taken; no result within 5 s. */
            202: {
                headers: {
                    /** @description Where its result will be. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pending"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    usage_resource: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                resource_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResourceShape"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    usage_assignments: {
        parameters: {
            query?: {
                account_id?: string[];
                subscription_id?: string[];
                limit?: number;
                cursor?: string;
                page?: number;
                size?: number;
                sort?: "from" | "-from";
            };
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                resource_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssignmentPage"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    usage_assign_resource: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
                /** @description 1 to 255 visible ASCII characters; a retry under the same key is done once. */
                "Idempotency-Key"?: string;
                /** @description The `version` that is to be changed, such as "3"; else 412. */
                "If-Match"?: string;
            };
            path: {
                resource_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AssignmentBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    /** @description Where the write stands in the log; a read that carries it sees it. */
                    Position?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssignedShape"];
                };
            };
            /** @description Taken; no result within 5 s. */
            202: {
                headers: {
                    /** @description Where its result will be. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pending"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reporting_list_roles: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoleList"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reporting_list_saved_views: {
        parameters: {
            query?: {
                list?: string;
                shared?: boolean;
                limit?: number;
                cursor?: string;
                page?: number;
                size?: number;
                sort?: "name" | "-name" | "list" | "-list";
            };
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedViewPage"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reporting_save_view: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
                /** @description 1 to 255 visible ASCII characters; a retry under the same key is done once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewSavedView"];
            };
        };
        responses: {
            /** @description It takes the place of the view of that name. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedViewShape"];
                };
            };
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedViewShape"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reporting_delete_saved_view: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                view_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reporting_search: {
        parameters: {
            query: {
                q: string;
            };
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchResult"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reporting_who_am_i: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionView"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reporting_log_in: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Credentials"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionView"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reporting_log_out: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reporting_watch: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `id` of the last frame that arrived, to go on behind it. */
                "last-event-id"?: string | null;
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rating_subscriptions: {
        parameters: {
            query?: {
                id?: string[];
                account_id?: string[];
                plan_id?: string[];
                from?: string;
                to?: string;
                limit?: number;
                cursor?: string;
                page?: number;
                size?: number;
                sort?: "id" | "-id" | "start" | "-start" | "started_at" | "-started_at";
            };
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubscriptionPage"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rating_start_subscription: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
                /** @description 1 to 255 visible ASCII characters; a retry under the same key is done once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SubscriptionBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    /** @description Where the write stands in the log; a read that carries it sees it. */
                    Position?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubscriptionShape"];
                };
            };
            /** @description Taken; no result within 5 s. */
            202: {
                headers: {
                    /** @description Where its result will be. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pending"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rating_subscription: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                subscription_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubscriptionShape"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    usage_batch: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                batch_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Batch"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    usage_quarantine: {
        parameters: {
            query?: {
                reason?: ("malformed" | "unknown_source" | "unknown_resource" | "unknown_meter" | "no_subscription" | "no_price" | "too_late" | "in_future" | "counter_ambiguous" | "schema_violation")[];
                source?: string[];
                resource?: string[];
                meter?: string[];
                id?: string[];
                account_id?: string[];
                subscription_id?: string[];
                batch_id?: string[];
                from?: string;
                to?: string;
                limit?: number;
                cursor?: string;
                page?: number;
                size?: number;
                sort?: "recorded_at" | "-recorded_at" | "started_at" | "-started_at" | "reason" | "-reason";
            };
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuarantinePage"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reporting_list_usage_records: {
        parameters: {
            query?: {
                account_id?: string[];
                subscription_id?: string[];
                source?: string[];
                meter?: string[];
                id?: string[];
                resource?: string[];
                citation?: string[];
                state?: ("accepted" | "rated" | "billed" | "duplicate" | "conflict" | "quarantined" | "late_settled" | "retracted" | "not_billable")[];
                reason?: string[];
                from?: string;
                to?: string;
                limit?: number;
                cursor?: string;
                page?: number;
                size?: number;
                sort?: "recorded_at" | "-recorded_at" | "started_at" | "-started_at" | "quantity" | "-quantity";
            };
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsagePage"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    usage_report: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
                /** @description 1 to 255 visible ASCII characters; a retry under the same key is done once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        /** @description One record, an array, or NDJSON; CloudEvents of type meterlog.usage.v1 as well. `Content-Encoding` may be gzip or zstd. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReportedUsage"] | components["schemas"]["ReportedUsage"][];
                "application/x-ndjson": string;
                "application/cloudevents+json": Record<string, never>;
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Taken"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reporting_read_usage_record: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                source: string;
                record_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsageRecordDetail"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reporting_usage_summary: {
        parameters: {
            query?: {
                bucket?: "day" | "hour";
                by?: "state" | "meter";
                from?: string | null;
                to?: string | null;
                account_id?: string | null;
                meter?: string | null;
            };
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsageSummary"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reporting_list_users: {
        parameters: {
            query?: {
                id?: string[];
                email?: string;
                role?: ("admin" | "billing" | "support" | "auditor" | "ingest")[];
                limit?: number;
                cursor?: string;
                page?: number;
                size?: number;
                sort?: "email" | "-email" | "created_at" | "-created_at";
            };
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserPage"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reporting_create_user: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewUserBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserView"];
                };
            };
            /** @description Refused; the problem says why, and which field. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not now (503 with `Retry-After`), or a bug (500, see `trace_id`). */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
