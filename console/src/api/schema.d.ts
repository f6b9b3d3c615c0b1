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
        /** Change Account */
        patch: operations["rating_change_account"];
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
    "/v1/accounts/{account_id}/bill-profile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Bill Profile */
        get: operations["invoicing_bill_profile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change Bill Profile */
        patch: operations["invoicing_change_bill_profile"];
        trace?: never;
    };
    "/v1/accounts/{account_id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Close Account */
        post: operations["rating_close_account"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{account_id}/cycle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change Account Cycle */
        post: operations["rating_change_account_cycle"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{account_id}/hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hold Account */
        post: operations["rating_hold_account"];
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
    "/v1/accounts/{account_id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Release Account */
        post: operations["rating_release_account"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{account_id}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reopen Account */
        post: operations["rating_reopen_account"];
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
    "/v1/automatic-runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Automatic Runs */
        get: operations["invoicing_automatic_runs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/automatic-runs/{cycle_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Automatic Runs Of Cycle */
        get: operations["invoicing_automatic_runs_of_cycle"];
        /**
         * Set Automatic Runs
         * @description The cycle is run by itself from the period on that is open, as who sells is set up now.
         */
        put: operations["invoicing_set_automatic_runs"];
        post?: never;
        /** Stop Automatic Runs */
        delete: operations["invoicing_stop_automatic_runs"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/bandwidth-profiles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Profiles */
        get: operations["rating_profiles"];
        put?: never;
        /** Define Profile */
        post: operations["rating_define_profile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/bandwidth-profiles/{profile_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Profile */
        get: operations["rating_profile"];
        /** Change Profile */
        put: operations["rating_change_profile"];
        post?: never;
        /** Delete Profile */
        delete: operations["rating_delete_profile"];
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
        /** Change Billing Cycle */
        put: operations["rating_change_billing_cycle"];
        post?: never;
        /** Delete Cycle */
        delete: operations["rating_delete_cycle"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/billing-cycles/{cycle_id}/closing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Closing */
        get: operations["rating_closing"];
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
    "/v1/billing-runs/{run_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel Billing Run
         * @description Nothing more is locked for the run; what is locked is issued.
         */
        post: operations["invoicing_cancel_billing_run"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/billing-runs/{run_id}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm Billing Run
         * @description Invoice what the dry run has shown, as it is now: drafts that have come since are taken, too.
         */
        post: operations["invoicing_confirm_billing_run"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/billing-runs/{run_id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Billing Run Preview
         * @description What people look at before they confirm: totals by plan, warnings, samples, difference to the last run.
         */
        get: operations["invoicing_billing_run_preview"];
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
    "/v1/billing-runs/{run_id}/retry-failed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Retry Failed
         * @description A run over the accounts that failed, of the same target date.
         */
        post: operations["invoicing_retry_failed"];
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
        /** Add Charge */
        post: operations["rating_add_charge"];
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
    "/v1/credit-notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Credit Notes */
        get: operations["invoicing_credit_notes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/credit-notes/{credit_note_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Credit Note */
        get: operations["invoicing_credit_note"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/credit-notes/{credit_note_id}/csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Credit Note Csv */
        get: operations["invoicing_credit_note_csv"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/credit-notes/{credit_note_id}/json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Credit Note Json */
        get: operations["invoicing_credit_note_json"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/credit-notes/{credit_note_id}/pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Credit Note Pdf */
        get: operations["invoicing_credit_note_pdf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/credit-notes/{credit_note_id}/send": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send Credit Note
         * @description Send an issued credit note to its customer.
         */
        post: operations["invoicing_send_credit_note"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/credit-notes/{credit_note_id}/xml": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Credit Note Xml */
        get: operations["invoicing_credit_note_xml"];
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
    "/v1/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Deliveries */
        get: operations["invoicing_deliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deliveries/print-batches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make Print Batch
         * @description Take what waits to be printed. Asked again under the same Idempotency-Key it is the same batch.
         */
        post: operations["invoicing_make_print_batch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deliveries/print-batches/{batch_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Print Batch */
        get: operations["invoicing_print_batch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deliveries/print-batches/{batch_id}/zip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Print Batch Zip
         * @description The PDFs and a list of them; the same each time.
         */
        get: operations["invoicing_print_batch_zip"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deliveries/{delivery_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Delivery
         * @description One delivery with its attempts.
         */
        get: operations["invoicing_delivery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deliveries/{delivery_id}/bounce": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bounce Delivery
         * @description The mail came back: a person or a mail system says so.
         */
        post: operations["invoicing_bounce_delivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deliveries/{delivery_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel Delivery
         * @description Try no more. Of one whose outcome is unknown it says that a person has looked.
         */
        post: operations["invoicing_cancel_delivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deliveries/{delivery_id}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resend Delivery
         * @description Send it once more, as a new delivery.
         */
        post: operations["invoicing_resend_delivery"];
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
    "/v1/holidays": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Holidays */
        get: operations["rating_holidays"];
        put?: never;
        /** Define Holidays */
        post: operations["rating_define_holidays"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/holidays/{calendar_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Holidays Of */
        get: operations["rating_holidays_of"];
        /** Change Holidays */
        put: operations["rating_change_holidays"];
        post?: never;
        /** Delete Holidays */
        delete: operations["rating_delete_holidays"];
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
        /**
         * Invoice Account
         * @description Issue every complete draft of an account; of one whose service has ended this is the final invoice.
         */
        post: operations["invoicing_invoice_account"];
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
    "/v1/invoices/{invoice_id}/credit-notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Credit Notes Of Invoice */
        get: operations["invoicing_credit_notes_of_invoice"];
        put?: never;
        /** Credit Invoice */
        post: operations["invoicing_credit_invoice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invoices/{invoice_id}/csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Invoice Csv */
        get: operations["invoicing_invoice_csv"];
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
    "/v1/invoices/{invoice_id}/json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Invoice Json */
        get: operations["invoicing_invoice_json"];
        put?: never;
        post?: never;
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
    "/v1/invoices/{invoice_id}/reissue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reissue Invoice
         * @description All that is left of the invoice is credited, and what it billed is drafted anew (`reissued_as`).
         */
        post: operations["invoicing_reissue_invoice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invoices/{invoice_id}/send": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send Invoice
         * @description Send an issued invoice to its customer.
         */
        post: operations["invoicing_send_invoice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invoices/{invoice_id}/taxes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Invoice Taxes */
        get: operations["invoicing_invoice_taxes"];
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
    "/v1/invoices/{invoice_id}/void": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Void Invoice
         * @description The invoice claims nothing any more and keeps its number. Refused where anything was paid of it.
         */
        post: operations["invoicing_void_invoice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invoices/{invoice_id}/xml": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Invoice Xml */
        get: operations["invoicing_invoice_xml"];
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
    "/v1/network-elements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Elements */
        get: operations["usage_elements"];
        put?: never;
        /** Define Element */
        post: operations["usage_define_element"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/network-elements/{element_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Element */
        get: operations["usage_element"];
        /** Change Element */
        put: operations["usage_change_element"];
        post?: never;
        /** Delete Element */
        delete: operations["usage_delete_element"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/network-elements/{element_id}/reconcile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reconcile */
        post: operations["usage_reconcile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/network-elements/{element_id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Test Element */
        post: operations["usage_test_element"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/network-intents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Intents */
        get: operations["usage_intents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/numbering-series": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Numbering Series */
        get: operations["invoicing_numbering_series"];
        put?: never;
        /** Open Numbering Series */
        post: operations["invoicing_open_numbering_series"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/numbering-series/{series_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One Numbering Series */
        get: operations["invoicing_one_numbering_series"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/one-time-charges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One Time Charges */
        get: operations["rating_one_time_charges"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/one-time-charges/{charge_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One Time Charge */
        get: operations["rating_one_time_charge"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/one-time-charges/{charge_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancel Charge */
        post: operations["rating_cancel_charge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/outages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Outages */
        get: operations["rating_outages"];
        put?: never;
        /** Record Outage */
        post: operations["rating_record_outage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/outages/{outage_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Outage */
        get: operations["rating_outage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/outages/{outage_id}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirm Outage */
        post: operations["rating_confirm_outage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/outages/{outage_id}/results": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Outage Results */
        get: operations["rating_outage_results"];
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
    "/v1/plans/{plan_id}/clone": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Clone Plan */
        post: operations["rating_clone_plan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plans/{plan_id}/compare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Compare Versions */
        get: operations["rating_compare_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plans/{plan_id}/migrations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Migrations */
        get: operations["rating_migrations"];
        put?: never;
        /** Schedule Migration */
        post: operations["rating_schedule_migration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plans/{plan_id}/migrations/{migration_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Migration */
        get: operations["rating_migration"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plans/{plan_id}/migrations/{migration_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancel Migration */
        post: operations["rating_cancel_migration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plans/{plan_id}/migrations/{migration_id}/results": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Migration Results */
        get: operations["rating_migration_results"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plans/{plan_id}/reactivate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reactivate Plan */
        post: operations["rating_reactivate_plan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plans/{plan_id}/retire": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Retire Plan */
        post: operations["rating_retire_plan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plans/{plan_id}/simulate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Simulate Plan */
        post: operations["rating_simulate_plan"];
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
        /** Edit Plan Version */
        put: operations["rating_edit_plan_version"];
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
    "/v1/plans/{plan_id}/versions/{version}/retire": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Retire Plan Version */
        post: operations["rating_retire_plan_version"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plans/{plan_id}/versions/{version}/subscriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Plan Version Users */
        get: operations["rating_plan_version_users"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plans/{plan_id}/versions/{version}/unpublish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Unpublish Plan Version */
        post: operations["rating_unpublish_plan_version"];
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
    "/v1/proof/what-if": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What If */
        post: operations["rating_what_if"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/proof/what-if/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What If Customers */
        post: operations["rating_what_if_customers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rate-tables": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Rate Tables */
        get: operations["rating_rate_tables"];
        put?: never;
        /** Define Rate Table */
        post: operations["rating_define_rate_table"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rate-tables/{table_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Rate Table */
        get: operations["rating_rate_table"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rate-tables/{table_id}/lookup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lookup Rate */
        get: operations["rating_lookup_rate"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rate-tables/{table_id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Import Rates */
        post: operations["rating_import_rates"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rate-tables/{table_id}/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Rate Table Version */
        get: operations["rating_rate_table_version"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rate-tables/{table_id}/versions/{version}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Rate Changes */
        get: operations["rating_rate_changes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rate-tables/{table_id}/versions/{version}/discard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Discard Rate Table Version */
        post: operations["rating_discard_rate_table_version"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rate-tables/{table_id}/versions/{version}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Publish Rate Table Version */
        post: operations["rating_publish_rate_table_version"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/rate-tables/{table_id}/versions/{version}/rates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Rates */
        get: operations["rating_rates"];
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
    "/v1/reratings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reratings */
        get: operations["rating_reratings"];
        put?: never;
        /** Start Rerating */
        post: operations["rating_start_rerating"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reratings/{rerating_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Rerating */
        get: operations["rating_rerating"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reratings/{rerating_id}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirm Rerating */
        post: operations["rating_confirm_rerating"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reratings/{rerating_id}/results": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Rerating Results */
        get: operations["rating_rerating_results"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/resource-history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * History
         * @description Everybody who had the resource, the latest first; `from` and `to` ask for those who had it in that time.
         */
        get: operations["reporting_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/resource-holder": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Holder
         * @description Whose a resource was at an instant (now, unless given), also through a prefix of its address or number.
         */
        get: operations["reporting_holder"];
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
         * @description One resource. An address or a number may be written in any of its spellings.
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
    "/v1/resources/{resource_id}/access": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Access */
        get: operations["usage_access"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/resources/{resource_id}/access/repeat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Repeat Access
         * @description Tell the network once more what the line is to have. 409 `nothing_to_tell` where it was never to be told.
         */
        post: operations["usage_repeat_access"];
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
    "/v1/resources/{resource_id}/network-element": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Assign Element
         * @description Which element serves the line; without any, the only one there is.
         */
        put: operations["usage_assign_element"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/resources/{resource_id}/reassignments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reassign Resource
         * @description Say whose the resource was, with the usage that was counted then for others.
         */
        post: operations["usage_reassign_resource"];
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
    "/v1/services": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Services */
        get: operations["rating_services"];
        put?: never;
        /** Define Service */
        post: operations["rating_define_service"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/services/{service_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Service */
        get: operations["rating_service"];
        /** Change Service */
        put: operations["rating_change_service"];
        post?: never;
        /** Delete Service */
        delete: operations["rating_delete_service"];
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
    "/v1/sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sources
         * @description The sources that somebody defined, and those that reported, and how they do.
         */
        get: operations["usage_sources"];
        put?: never;
        /**
         * Define Source
         * @description Say what is known of a source. Its id is what its records carry as `source`.
         */
        post: operations["usage_define_source"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sources/{source_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Source
         * @description One source, and how it does.
         */
        get: operations["usage_source"];
        /**
         * Change Source
         * @description Say all of it anew. Without a `secret` the one it has stays.
         */
        put: operations["usage_change_source"];
        post?: never;
        /**
         * Delete Source
         * @description Forget what was said of it. Its records are counted as those of any source, its RADIUS packets dropped.
         */
        delete: operations["usage_delete_source"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spend-alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Spend Alerts */
        get: operations["rating_spend_alerts"];
        put?: never;
        /** Set Spend Alert */
        post: operations["rating_set_spend_alert"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/spend-alerts/{alert_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Spend Alert */
        get: operations["rating_spend_alert"];
        put?: never;
        post?: never;
        /** Remove Spend Alert */
        delete: operations["rating_remove_spend_alert"];
        options?: never;
        head?: never;
        /** Change Spend Alert */
        patch: operations["rating_change_spend_alert"];
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
    "/v1/subscriptions/{subscription_id}/add-ons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Add Ons */
        get: operations["rating_add_ons"];
        put?: never;
        /** Add Add On */
        post: operations["rating_add_add_on"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/subscriptions/{subscription_id}/allowances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Allowances */
        get: operations["rating_allowances"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/subscriptions/{subscription_id}/allowances/try": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Try Allowances */
        post: operations["rating_try_allowances"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/subscriptions/{subscription_id}/change-plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change Plan */
        post: operations["rating_change_plan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/subscriptions/{subscription_id}/change-quantity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change Quantity */
        post: operations["rating_change_quantity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/subscriptions/{subscription_id}/changes/{change_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancel Change */
        post: operations["rating_cancel_change"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/subscriptions/{subscription_id}/contract": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Contract */
        get: operations["rating_contract"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/subscriptions/{subscription_id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Pause Subscription */
        post: operations["rating_pause_subscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/subscriptions/{subscription_id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Resume Subscription */
        post: operations["rating_resume_subscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/subscriptions/{subscription_id}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Suspend Subscription */
        post: operations["rating_suspend_subscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/subscriptions/{subscription_id}/terminate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Terminate Subscription */
        post: operations["rating_terminate_subscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/subscriptions/{subscription_id}/top-ups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add Top Up */
        post: operations["rating_add_top_up"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tax/exemptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tax Exemptions */
        get: operations["invoicing_tax_exemptions"];
        put?: never;
        /** Grant Tax Exemption */
        post: operations["invoicing_grant_tax_exemption"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tax/exemptions/{exemption_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tax Exemption */
        get: operations["invoicing_tax_exemption"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tax/exemptions/{exemption_id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End Tax Exemption */
        post: operations["invoicing_end_tax_exemption"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tax/jurisdictions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tax Jurisdictions */
        get: operations["invoicing_tax_jurisdictions"];
        put?: never;
        /** Define Tax Jurisdiction */
        post: operations["invoicing_define_tax_jurisdiction"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tax/jurisdictions/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Import Tax Jurisdictions */
        post: operations["invoicing_import_tax_jurisdictions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tax/jurisdictions/{jurisdiction_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tax Jurisdiction */
        get: operations["invoicing_tax_jurisdiction"];
        /** Change Tax Jurisdiction */
        put: operations["invoicing_change_tax_jurisdiction"];
        post?: never;
        /** Delete Tax Jurisdiction */
        delete: operations["invoicing_delete_tax_jurisdiction"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tax/quotes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Quote Tax */
        post: operations["invoicing_quote_tax"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tax/rates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tax Rates */
        get: operations["invoicing_tax_rates"];
        put?: never;
        /** Define Tax Rate */
        post: operations["invoicing_define_tax_rate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tax/rates/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Import Tax Rates */
        post: operations["invoicing_import_tax_rates"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tax/rates/{rate_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tax Rate */
        get: operations["invoicing_tax_rate"];
        /** Change Tax Rate */
        put: operations["invoicing_change_tax_rate"];
        post?: never;
        /** Delete Tax Rate */
        delete: operations["invoicing_delete_tax_rate"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/top-ups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Top Ups */
        get: operations["rating_top_ups"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/top-ups/{top_up_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Top Up */
        get: operations["rating_top_up"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/top-ups/{top_up_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancel Top Up */
        post: operations["rating_cancel_top_up"];
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
    "/v1/usage/corrections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Correct
         * @description Correct a record: it is retracted, and counted with other values in its place.
         */
        post: operations["usage_correct"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Files
         * @description The files that were taken or are being taken, the newest first.
         */
        get: operations["usage_files"];
        put?: never;
        /**
         * Take File
         * @description Take a file of usage, in the background and once.
         */
        post: operations["usage_take_file"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage/files/{file_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * File
         * @description One file, and the first of its pieces that were refused.
         */
        get: operations["usage_file"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage/files/{file_id}/refused.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Refused
         * @description The pieces that were refused: which of the file, from 1, why, and in words.
         */
        get: operations["usage_refused"];
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
    "/v1/usage/quarantine/discard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Discard
         * @description Give parked records up. They stay in the list of usage as `not_billable`, with the reason.
         */
        post: operations["usage_discard"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage/quarantine/recycle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Recycle
         * @description Try parked records once more, after what kept them was mended. Those that still can't be taken stay.
         */
        post: operations["usage_recycle"];
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
    "/v1/usage/retractions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Retractions
         * @description All retractions, the newest first; of a file or a request by its `batch_id`.
         */
        get: operations["usage_retractions"];
        put?: never;
        /**
         * Retract
         * @description Retract records, or all of a batch: they are billed to nobody, and what was billed is credited.
         */
        post: operations["usage_retract"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage/retractions/{retraction_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read Retraction
         * @description A retraction and how many of its records are where.
         */
        get: operations["usage_read_retraction"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage/retractions/{retraction_id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Restore
         * @description Count the records of a retraction again, as if they had never been retracted.
         */
        post: operations["usage_restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sessions
         * @description Sessions, the latest begun first. `from` (included) and `to` (excluded) mean `started_at`.
         */
        get: operations["usage_sessions"];
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
         * AccessShape
         * @description What the line is to have, by the newest version of that; `version` 0: nothing was ever told of it.
         *
         *     `answer` is what the element said last, `state` how the telling goes.
         */
        AccessShape: {
            /** Resource Id */
            resource_id: string;
            /**
             * Desired
             * @enum {string}
             */
            desired: "open" | "throttled" | "blocked";
            profile: components["schemas"]["RatesShape"] | null;
            /** Why */
            why: string[];
            /** Version */
            version: number;
            /** State */
            state: ("pending" | "sent" | "acknowledged" | "refused" | "timed_out" | "superseded") | null;
            /** Element Id */
            element_id: string | null;
            /** Sent At */
            sent_at: string | null;
            /** Acknowledged At */
            acknowledged_at: string | null;
            /** Answer */
            answer: string | null;
            /** Attempts */
            attempts: number;
            /** Allowed Actions */
            allowed_actions: components["schemas"]["ActionShape"][];
        };
        /**
         * AccountBody
         * @description Who owes money: `currency` for good, `tax_rate` in percent. Without `time_zone` it has that of its cycle.
         */
        AccountBody: {
            address?: components["schemas"]["AddressBody"] | null;
            /** Tax Id */
            tax_id?: string | null;
            /** Email */
            email?: string | null;
            /** Language */
            language?: string | null;
            /** Electronic Address */
            electronic_address?: string | null;
            /** Buyer Reference */
            buyer_reference?: string | null;
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
            /** Time Zone */
            time_zone?: string | null;
            /** Parent Id */
            parent_id?: string | null;
            /** Billed By */
            billed_by?: string | null;
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
         * AccountPatch
         * @description What changes; a member that is absent stays as it is, `null` takes it away. `name` can't be taken away.
         *
         *     `address` is merged member by member. `billed_by` is who pays from the account's next period on, `null` itself.
         */
        AccountPatch: {
            /**
             * Name
             * @default
             */
            name: string;
            /** Address */
            address?: {
                [key: string]: unknown;
            } | null;
            /** Tax Id */
            tax_id?: string | null;
            /** Email */
            email?: string | null;
            /** Language */
            language?: string | null;
            /** Electronic Address */
            electronic_address?: string | null;
            /** Buyer Reference */
            buyer_reference?: string | null;
            /** Parent Id */
            parent_id?: string | null;
            /** Billed By */
            billed_by?: string | null;
        };
        /**
         * AccountShape
         * @description An account; `period` is the open one, `null` before the first subscription.
         *
         *     `status` is as of today in its time zone. `subscriptions_active` counts those that have not ended.
         *     `billed_by` is who pays for its open period, the account itself where no other does; `next_payer` for those after.
         */
        AccountShape: {
            address?: components["schemas"]["AddressBody"] | null;
            /** Tax Id */
            tax_id?: string | null;
            /** Email */
            email?: string | null;
            /** Language */
            language?: string | null;
            /** Electronic Address */
            electronic_address?: string | null;
            /** Buyer Reference */
            buyer_reference?: string | null;
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
            /** Version */
            version: number;
            /** Parent Id */
            parent_id: string | null;
            /** Closed On */
            closed_on: string | null;
            /**
             * Status
             * @enum {string}
             */
            status: "active" | "on_hold" | "closed";
            hold: components["schemas"]["HoldShape"] | null;
            next_cycle: components["schemas"]["NextCycleShape"] | null;
            period: components["schemas"]["PeriodBody"] | null;
            /** Subscriptions Active */
            subscriptions_active: number;
            /** Billed By */
            billed_by: string;
            next_payer: components["schemas"]["NextPayerShape"] | null;
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
         * AddOnBody
         * @description A subscription of its own that ends with this one; it begins on `effective_on`.
         */
        AddOnBody: {
            /** Effective On */
            effective_on?: string | null;
            /**
             * Preview
             * @default false
             */
            preview: boolean;
            /** Id */
            id?: string | null;
            /** Plan Id */
            plan_id: string;
            /** Plan Version */
            plan_version?: number | null;
            /**
             * Quantity
             * @default 1
             */
            quantity: number;
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
        /**
         * AllowanceBody
         * @description What a plan includes of a meter in each period; buckets of lower `priority` are used first.
         *
         *     `shared`: true for a pool of the account's subscriptions of the plan, or the id of a pool of all that name it.
         */
        AllowanceBody: {
            /** Id */
            id: string;
            /** Meter */
            meter: string;
            /**
             * Quantity
             * Format: decimal
             * @example 12.40
             */
            quantity: string;
            /**
             * Priority
             * @default 0
             */
            priority: number;
            /**
             * Validity
             * @default period
             */
            validity: "period" | {
                days: number;
            } | {
                periods: number;
            };
            rollover?: components["schemas"]["RolloverBody"] | null;
            /**
             * Shared
             * @default false
             */
            shared: boolean | string;
            /**
             * Then
             * @default []
             */
            then: components["schemas"]["FairUseStepBody"][];
        };
        /**
         * AllowanceShape
         * @description An allowance as it is shown: all fields of `AllowanceBody`.
         */
        AllowanceShape: {
            /** Id */
            id: string;
            /** Meter */
            meter: string;
            /** Quantity */
            quantity: string;
            /** Priority */
            priority: number;
            /** Validity */
            validity: "period" | {
                days: number;
            } | {
                periods: number;
            };
            rollover: components["schemas"]["RolloverShape"] | null;
            /** Shared */
            shared: boolean | string;
            /** Then */
            then: components["schemas"]["FairUseStepShape"][];
        };
        /**
         * AllowancesShape
         * @description The running period, its buckets in the order in which they pay.
         *
         *     `profile` is the bandwidth profile that fair use has asked for, `null` the normal one.
         */
        AllowancesShape: {
            /** Subscription Id */
            subscription_id: string;
            /** Account Id */
            account_id: string;
            period: components["schemas"]["PeriodBody"];
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** Allowances */
            allowances: components["schemas"]["BucketShape"][];
            /** Meters */
            meters: components["schemas"]["MeterUseShape"][];
            /** Profile */
            profile: string | null;
            /** Allowed Actions */
            allowed_actions: components["schemas"]["ActionShape"][];
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
        /**
         * AttemptShape
         * @description One attempt; without `outcome` nobody knows yet what came of it.
         */
        AttemptShape: {
            /** N */
            n: number;
            /**
             * Started At
             * Format: date-time
             */
            started_at: string;
            /** Ended At */
            ended_at: string | null;
            /** Outcome */
            outcome: ("sent" | "deferred" | "bounced" | "failed" | "gone" | "unknown") | null;
            /** Reason */
            reason: string;
            /** Answer */
            answer: string;
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
            kind: "services_not_ready" | "stale_projection" | "quarantined_usage" | "parked_inputs" | "dead_letters" | "overdue_invoices" | "invoices_below_zero" | "spend_caps_reached" | "sources_silent";
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
         * AutomaticRunsBody
         * @description How long after a period's end its run starts: long enough for rating to close it, a day if nothing is said.
         */
        AutomaticRunsBody: {
            /**
             * Delay Hours
             * @default 24
             */
            delay_hours: number;
            policy?: components["schemas"]["InvoicingPolicyBody"] | null;
        };
        /** AutomaticRunsPage */
        AutomaticRunsPage: {
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
            items: components["schemas"]["AutomaticRunsShape"][];
        };
        /**
         * AutomaticRunsShape
         * @description The next run of the cycle is over periods that end on or before `period_end`, and starts at `due_at`.
         */
        AutomaticRunsShape: {
            /** Cycle Id */
            cycle_id: string;
            /** Delay Hours */
            delay_hours: number;
            /**
             * Period End
             * Format: date
             */
            period_end: string;
            /**
             * Due At
             * Format: date-time
             */
            due_at: string;
            /** Policy */
            policy: {
                [key: string]: unknown;
            } | null;
            /** Last Run Id */
            last_run_id: string | null;
            /** Version */
            version: number;
        };
        /**
         * BalanceShape
         * @description `balance` = `open` - `credit`: positive is owed by the customer, negative is the customer's (R47).
         *
         *     `open` is what is outstanding over all invoices; `credit` is what payments and credit notes have left.
         */
        BalanceShape: {
            /** Account Id */
            account_id: string;
            open: components["schemas"]["MoneyBody"];
            credit: components["schemas"]["MoneyBody"];
            balance: components["schemas"]["MoneyBody"];
        };
        /**
         * BandBody
         * @description `unit_price` for `per_s` seconds on `days` (all, if absent), from `from` to `to` in the account's time zone.
         */
        BandBody: {
            /** Days */
            days?: ("mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun" | "holiday")[] | null;
            /**
             * From
             * @default 00:00
             */
            from: string;
            /**
             * To
             * @default 24:00
             */
            to: string;
            /**
             * Unit Price
             * Format: decimal
             * @example 12.40
             */
            unit_price: string;
            /**
             * Per S
             * Format: decimal
             * @example 12.40
             */
            per_s: string;
            /** Connect Fee */
            connect_fee?: string | null;
            /** Increments */
            increments?: components["schemas"]["IncrementBody"][] | null;
        };
        /**
         * BandShape
         * @description Periods whose difference lies between so many per cent of what was charged; `null` is without end.
         *
         *     The bound nearer to zero is not in a band, the one further away is.
         */
        BandShape: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "percent" | "unchanged" | "nothing_charged";
            /** From Percent */
            from_percent: string | null;
            /** To Percent */
            to_percent: string | null;
            /** Periods */
            periods: number;
            difference: components["schemas"]["MoneyBody"];
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
         * BillProfileChange
         * @description What is to be other than it is; the tax profile and the delivery are each given as a whole.
         */
        BillProfileChange: {
            tax?: components["schemas"]["TaxProfileBody"] | null;
            delivery?: components["schemas"]["DeliveryPreferencesBody"] | null;
        };
        /**
         * BillProfileShape
         * @description `tax` has the `kind` of tax and its parameters; `tax_rate` is that of an account with one rate.
         */
        BillProfileShape: {
            /** Account Id */
            account_id: string;
            /** Currency */
            currency: string;
            /** Cycle Id */
            cycle_id: string;
            /** Time Zone */
            time_zone: string;
            /** Terms Days */
            terms_days: number;
            /** Tax */
            tax: {
                [key: string]: unknown;
            };
            /** Tax Rate */
            tax_rate: string | null;
            delivery: components["schemas"]["DeliveryPreferencesShape"];
            /** Version */
            version: number;
            /** Allowed Actions */
            allowed_actions: components["schemas"]["ActionShape"][];
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
            policy?: components["schemas"]["InvoicingPolicyBody"] | null;
        };
        /**
         * BounceBody
         * @description What the mail system said: its code, such as `550` or `5.1.1`, and its words.
         */
        BounceBody: {
            /** Code */
            code: string;
            /**
             * Reason
             * @default
             */
            reason: string;
        };
        /**
         * BucketShape
         * @description A bucket in the running period: `available` at its start, `used` so far, `used_here` by this subscription.
         *
         *     `source` is `plan`, `rollover` or `top_up`, and `pool` for one that another subscription, `subscription_id`, shares.
         *     `allowance` is the id that the plan gives it. `expires_on` is the first day on which it pays for no further period.
         */
        BucketShape: {
            /** Id */
            id: string;
            /** Subscription Id */
            subscription_id: string;
            /** Allowance */
            allowance: string | null;
            /** Meter */
            meter: string;
            /** Unit */
            unit: string | null;
            /**
             * Source
             * @enum {string}
             */
            source: "plan" | "rollover" | "top_up" | "pool";
            /** Pool */
            pool: string | null;
            /** Priority */
            priority: number;
            /** Granted */
            granted: string;
            /** Available */
            available: string;
            /** Used */
            used: string;
            /** Used Here */
            used_here: string;
            /** Left */
            left: string;
            /** Expires On */
            expires_on: string | null;
        };
        /**
         * CancelTopUpBody
         * @description With `credit` the unused part's share of the price is given back, without it nothing is.
         */
        CancelTopUpBody: {
            /** Reason */
            reason: string;
            /**
             * Credit
             * @default true
             */
            credit: boolean;
        };
        /**
         * CapacityPrice
         * @description The first of `tiers` that holds the peaks is charged, whole.
         */
        CapacityPrice: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            model: "capacity";
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
            /** Tax Class */
            tax_class?: string | null;
            /** Tiers */
            tiers: components["schemas"]["CapacityTier"][];
        };
        /**
         * CapacityTier
         * @description `amount` where each meter's peak is at most its limit; a meter that `limits` does not name is unbounded.
         */
        CapacityTier: {
            /** Limits */
            limits: {
                [key: string]: string;
            };
            /**
             * Amount
             * Format: decimal
             * @example 12.40
             */
            amount: string;
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
         * ChangePlanBody
         * @description Without `effective_on` a plan that costs as much or more begins today, a cheaper one when the period is over.
         *
         *     `plan_version` pins a published version, else the plan's versions are followed; without `quantity` it stays.
         */
        ChangePlanBody: {
            /** Effective On */
            effective_on?: string | null;
            /**
             * Preview
             * @default false
             */
            preview: boolean;
            /** Plan Id */
            plan_id: string;
            /** Plan Version */
            plan_version?: number | null;
            /** Quantity */
            quantity?: number | null;
            term?: components["schemas"]["ContractBody"] | null;
        };
        /**
         * ChangePreview
         * @description The bill of the account for `period` with the change and without it: the first that differs, else the next.
         *
         *     Usage in it is what is rated by now. `without_change` is `null` where there would be no bill.
         */
        ChangePreview: {
            /**
             * Preview
             * @constant
             */
            preview: true;
            /** Effective On */
            effective_on: string | null;
            period: components["schemas"]["PeriodBody"];
            difference: components["schemas"]["MoneyBody"];
            without_change: components["schemas"]["PreviewBill"] | null;
            with_change: components["schemas"]["PreviewBill"];
            /** Timeline */
            timeline: components["schemas"]["services__rating__subscription__shapes__TermShape"][];
        };
        /** ChangeQuantityBody */
        ChangeQuantityBody: {
            /** Effective On */
            effective_on?: string | null;
            /**
             * Preview
             * @default false
             */
            preview: boolean;
            /** Quantity */
            quantity: number;
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
         *
         *     `meters`: the records by meter, where the line prices usage of others than `meter`. `settles`: of usage that came
         *     after its period was closed, that period.
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
            /** Meters */
            meters: {
                [key: string]: number;
            };
            /** Fraction */
            fraction: string | null;
            /** Item */
            item: string | null;
            /** Corrects */
            corrects: string[];
            /** Cause */
            cause: string | null;
            evidence: components["schemas"]["EvidenceShape"] | null;
            /** Tax Class */
            tax_class: string | null;
            /**
             * Fixed At
             * Format: date-time
             */
            fixed_at: string;
            period: components["schemas"]["PeriodBody"];
            billing_period: components["schemas"]["PeriodBody"];
            settles: components["schemas"]["PeriodBody"] | null;
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
         * CloneBody
         * @description A new plan with the prices and terms of a version, of the latest without `version`: a draft.
         */
        CloneBody: {
            /** Id */
            id?: string | null;
            /** Name */
            name: string;
            /** Version */
            version?: number | null;
        };
        /**
         * ClosingShape
         * @description All accounts that bill by a cycle, by what their open period waits for. Closed accounts have none.
         */
        ClosingShape: {
            /** Cycle Id */
            cycle_id: string;
            /** Accounts */
            accounts: number;
            /** Items */
            items: components["schemas"]["WaitingShape"][];
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
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
        /**
         * CommitmentShape
         * @description Of a price with `minimum_commitment`, in a period that is not closed; a part of it by its days (R17).
         */
        CommitmentShape: {
            used: components["schemas"]["MoneyBody"];
            committed: components["schemas"]["MoneyBody"];
            /** Share */
            share: string;
            /** Subscription Id */
            subscription_id: string;
            /** Plan Id */
            plan_id: string;
            /** Plan Version */
            plan_version: number;
            /** Price Index */
            price_index: number;
            period: components["schemas"]["PeriodBody"];
        };
        /** ComparedShape */
        ComparedShape: {
            /** Account Id */
            account_id: string;
            /** Subscription Id */
            subscription_id: string;
            period: components["schemas"]["PeriodBody"];
            charged: components["schemas"]["MoneyBody"];
            candidate: components["schemas"]["MoneyBody"];
            difference: components["schemas"]["MoneyBody"];
        };
        /**
         * ComparisonShape
         * @description What differs from one version to the other; `same` prices do not, `fields` are those beside prices.
         */
        ComparisonShape: {
            from: components["schemas"]["SideShape"];
            to: components["schemas"]["SideShape"];
            /** Same */
            same: number;
            /** Prices */
            prices: components["schemas"]["PriceDifference"][];
            /** Fields */
            fields: components["schemas"]["FieldDifference"][];
        };
        /**
         * ContractBody
         * @description `months` from the day that it begins, or the day `end` after its last. `notice_days` before, its end is told.
         */
        ContractBody: {
            /** Months */
            months?: number | null;
            /** End */
            end?: string | null;
            /**
             * Notice Days
             * @default 30
             */
            notice_days: number;
            early_termination?: components["schemas"]["services__rating__subscription__api__EarlyTerminationBody"] | null;
        };
        /**
         * ContractShape
         * @description All `null` but the ids where the subscription has no contract. `end` with the pauses that have extended it.
         */
        ContractShape: {
            /** Subscription Id */
            subscription_id: string;
            /** Account Id */
            account_id: string;
            /** Start */
            start: string | null;
            /** End */
            end: string | null;
            early_termination: components["schemas"]["EarlyTerminationShape"] | null;
            notice: components["schemas"]["NoticeShape"] | null;
            cost_of_leaving_today: components["schemas"]["LeavingShape"] | null;
        };
        /**
         * CorrectionBody
         * @description What of the record was wrong; all else stays. Source, id and UTC day are its identity and stay too.
         */
        CorrectionBody: {
            /** Record */
            record: string;
            /**
             * Reason
             * @enum {string}
             */
            reason: "duplicate" | "wrong_quantity" | "wrong_time" | "wrong_line" | "bad_file" | "test_data" | "other";
            /** Note */
            note?: string | null;
            /** Resource */
            resource?: string | null;
            /** Meter */
            meter?: string | null;
            /** Quantity */
            quantity?: string | null;
            /** Started At */
            started_at?: string | null;
            /** Ended At */
            ended_at?: string | null;
            /** Attributes */
            attributes?: {
                [key: string]: unknown;
            } | null;
        };
        /**
         * CorrectionShape
         * @description `record` is the one that counts now, `retracted` the one that did.
         */
        CorrectionShape: {
            /** Id */
            id: string;
            /** Record */
            record: string;
            /** Retracted */
            retracted: string;
        };
        /**
         * CountedShape
         * @description What was gone through: `records` are in sums of a day and a meter, of which `usage_days` were read.
         */
        CountedShape: {
            /** Subscriptions */
            subscriptions: number;
            /** Records */
            records: number;
            /** Usage Days */
            usage_days: number;
        };
        /**
         * CountsShape
         * @description A winner would pay less, a loser more.
         */
        CountsShape: {
            /** Winners */
            winners: number;
            /** Losers */
            losers: number;
            /** Unchanged */
            unchanged: number;
        };
        /** Credentials */
        Credentials: {
            /** Email */
            email: string;
            /** Password */
            password: string;
        };
        /**
         * CreditAllocation
         * @description What a credit note of another invoice has paid of this one.
         */
        CreditAllocation: {
            /** Credit Note Id */
            credit_note_id: string;
            /** Number */
            number: string;
            amount: components["schemas"]["MoneyBody"];
        };
        /**
         * CreditNote
         * @description A credit note of this invoice: `applied` lowered what was due of it.
         */
        CreditNote: {
            /** Id */
            id: string;
            /** Number */
            number: string;
            /**
             * Issued On
             * Format: date
             */
            issued_on: string;
            /** Reason */
            reason: string;
            total: components["schemas"]["MoneyBody"];
            applied: components["schemas"]["MoneyBody"] | null;
            /** Reissued As */
            reissued_as: string | null;
        };
        /**
         * CreditNoteBody
         * @description With `lines` or an `amount`, tax included; without either, all that is left of the invoice is credited.
         */
        CreditNoteBody: {
            /**
             * Reason
             * @enum {string}
             */
            reason: "billing_error" | "price_correction" | "service_outage" | "goodwill" | "cancellation" | "duplicate" | "wrong_details" | "other";
            /**
             * Note
             * @default
             */
            note: string;
            /** Lines */
            lines?: components["schemas"]["LineBody"][] | null;
            amount?: components["schemas"]["MoneyBody"] | null;
        };
        /** CreditNoteDetail */
        CreditNoteDetail: {
            /** Id */
            id: string;
            /** Number */
            number: string | null;
            /** Account Id */
            account_id: string;
            /** Invoice Id */
            invoice_id: string;
            /** Invoice Number */
            invoice_number: string;
            /**
             * Status
             * @enum {string}
             */
            status: "locked" | "issued";
            /** Reason */
            reason: string;
            /** Note */
            note: string;
            /** Issued On */
            issued_on: string | null;
            net: components["schemas"]["MoneyBody"];
            tax: components["schemas"]["MoneyBody"];
            total: components["schemas"]["MoneyBody"];
            /** Reissued As */
            reissued_as: string | null;
            period: components["schemas"]["PeriodShape"];
            /** Version */
            version: number;
            /** Lines */
            lines: components["schemas"]["CreditedLineShape"][];
            /** Tax Groups */
            tax_groups: components["schemas"]["CreditedTaxShape"][];
        };
        /** CreditNotePage */
        CreditNotePage: {
            /** Total */
            total: number;
            /** Totals */
            totals: components["schemas"]["CreditNoteTotal"][];
            /** Next Cursor */
            next_cursor: string | null;
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** Items */
            items: components["schemas"]["CreditNoteShape"][];
        };
        /**
         * CreditNoteShape
         * @description What is taken back of an invoice, by a document of its own with a number of its own (R46).
         *
         *     It is `locked` until it has its number. `reissued_as` is the draft that bills anew what is credited.
         */
        CreditNoteShape: {
            /** Id */
            id: string;
            /** Number */
            number: string | null;
            /** Account Id */
            account_id: string;
            /** Invoice Id */
            invoice_id: string;
            /** Invoice Number */
            invoice_number: string;
            /**
             * Status
             * @enum {string}
             */
            status: "locked" | "issued";
            /** Reason */
            reason: string;
            /** Note */
            note: string;
            /** Issued On */
            issued_on: string | null;
            net: components["schemas"]["MoneyBody"];
            tax: components["schemas"]["MoneyBody"];
            total: components["schemas"]["MoneyBody"];
            /** Reissued As */
            reissued_as: string | null;
            period: components["schemas"]["PeriodShape"];
            /** Version */
            version: number;
        };
        /** CreditNoteTotal */
        CreditNoteTotal: {
            /** Currency */
            currency: string;
            /** Amount */
            amount: string;
            /** Net */
            net: string;
            /** Tax */
            tax: string;
        };
        /**
         * CreditedLineShape
         * @description A line; `invoice_line` is the one of the invoice that it credits, `null` where an amount was credited.
         */
        CreditedLineShape: {
            /** N */
            n: number;
            /** Invoice Line */
            invoice_line: number | null;
            /** Kind */
            kind: string;
            /** Description */
            description: string;
            /** Subscription Id */
            subscription_id: string | null;
            /** Plan Id */
            plan_id: string | null;
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
            /** Account Id */
            account_id: string | null;
        };
        /** CreditedPage */
        CreditedPage: {
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
            items: components["schemas"]["CreditedShape"][];
        };
        /**
         * CreditedShape
         * @description A charge that an outage touches: `seconds` of its time give back `credit`, or nothing for a `reason`.
         *
         *     `corrects` is the charge, `charge_id` the credit once it is on the account. Of an account that could not be computed
         *     at all there is no subscription.
         */
        CreditedShape: {
            /** Account Id */
            account_id: string;
            /** Subscription Id */
            subscription_id: string | null;
            /** Corrects */
            corrects: string | null;
            period: components["schemas"]["PeriodBody"] | null;
            /** Seconds */
            seconds: number;
            /**
             * Outcome
             * @enum {string}
             */
            outcome: "credited" | "not_credited";
            /** Reason */
            reason: string | null;
            charged: components["schemas"]["MoneyBody"] | null;
            credit: components["schemas"]["MoneyBody"] | null;
            /** Charge Id */
            charge_id: string | null;
        };
        /** CreditedTaxShape */
        CreditedTaxShape: {
            /** Category */
            category: string;
            /** Rate */
            rate: string;
            /** Base */
            base: string;
            /** Tax */
            tax: string;
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
            /** Electronic Address */
            electronic_address?: string | null;
            /** Buyer Reference */
            buyer_reference?: string | null;
            /** Account Id */
            account_id: string;
            /** Name */
            name: string;
            /** Currency */
            currency: string;
            /** Tax Rate */
            tax_rate: string;
            /**
             * Opened On
             * Format: date
             */
            opened_on: string;
            /** Parent Id */
            parent_id: string | null;
            /** Closed On */
            closed_on: string | null;
            /**
             * Status
             * @enum {string}
             */
            status: "active" | "on_hold" | "closed";
            /**
             * Held Reason
             * @description Why billing runs pass it by, while they do.
             */
            held_reason: string | null;
            /** Cycle */
            cycle: {
                [key: string]: unknown;
            };
            /** Terms Days */
            terms_days: number | null;
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
         * CustomerShape
         * @description A period of a subscription. Where it can't be computed there is a `reason`, and neither of the last amounts.
         */
        CustomerShape: {
            /** Account Id */
            account_id: string;
            /** Subscription Id */
            subscription_id: string;
            period: components["schemas"]["PeriodBody"];
            charged: components["schemas"]["MoneyBody"];
            candidate: components["schemas"]["MoneyBody"] | null;
            difference: components["schemas"]["MoneyBody"] | null;
            /** Reason */
            reason: ("beyond_sums" | "meter_not_rated" | "allowances") | null;
            /** Meter */
            meter: string | null;
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
         * CycleChangeBody
         * @description The cycle to bill by, from the end of the open period or of the one that contains `effective_on`.
         *
         *     `transition`: whether the first period there ends at the new cycle's next boundary, or at the one after.
         */
        CycleChangeBody: {
            /** Cycle Id */
            cycle_id: string;
            /** Effective On */
            effective_on?: string | null;
            /**
             * Transition
             * @default short
             * @enum {string}
             */
            transition: "short" | "long";
            /**
             * Preview
             * @default false
             */
            preview: boolean;
        };
        /**
         * CycleChangeShape
         * @description A change of cycle. `periods` are the open one and those after; `lines` what flat prices cost in `transition`.
         *
         *     `effective_on` and `transition` are `null` where the account had no period yet, and where no change is left.
         */
        CycleChangeShape: {
            /** Account Id */
            account_id: string;
            /** Cycle Id */
            cycle_id: string;
            /** Effective On */
            effective_on: string | null;
            transition: components["schemas"]["PeriodBody"] | null;
            /** Periods */
            periods: components["schemas"]["PeriodBody"][];
            /** Lines */
            lines: components["schemas"]["UnbilledLine"][];
            /** Preview */
            preview: boolean;
            /** Version */
            version: number;
        };
        /**
         * CycleDefinition
         * @description When periods begin: `anchor_day` 1 to 31 is clamped to the end of short months; of a week it is 1, Monday, to 7.
         *
         *     Quarters and years count from `anchor_month`, n days from `counts_from`, or else from today. With `anchor`
         *     `subscription` each account begins on the day of its first subscription, and the cycle names no day.
         */
        CycleDefinition: {
            /** Name */
            name: string;
            /**
             * Frequency
             * @default month
             */
            frequency: ("month" | "quarter" | "year" | "week") | {
                days: number;
            };
            /** Anchor Day */
            anchor_day?: number | null;
            /** Anchor Month */
            anchor_month?: number | null;
            /** Counts From */
            counts_from?: string | null;
            /**
             * Anchor
             * @default calendar
             * @enum {string}
             */
            anchor: "calendar" | "subscription";
            /** Time Zone */
            time_zone: string;
            /** Id */
            id?: string | null;
        };
        /**
         * CycleFields
         * @description When periods begin: `anchor_day` 1 to 31 is clamped to the end of short months; of a week it is 1, Monday, to 7.
         *
         *     Quarters and years count from `anchor_month`, n days from `counts_from`, or else from today. With `anchor`
         *     `subscription` each account begins on the day of its first subscription, and the cycle names no day.
         */
        CycleFields: {
            /** Name */
            name: string;
            /**
             * Frequency
             * @default month
             */
            frequency: ("month" | "quarter" | "year" | "week") | {
                days: number;
            };
            /** Anchor Day */
            anchor_day?: number | null;
            /** Anchor Month */
            anchor_month?: number | null;
            /** Counts From */
            counts_from?: string | null;
            /**
             * Anchor
             * @default calendar
             * @enum {string}
             */
            anchor: "calendar" | "subscription";
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
         * @description A billing calendar; `accounts` bill by it or are going to, the first of their open periods ends `next_close`.
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
            /** Counts From */
            counts_from: string | null;
            /**
             * Anchor
             * @enum {string}
             */
            anchor: "calendar" | "subscription";
            /** Time Zone */
            time_zone: string;
            /**
             * Defined At
             * Format: date-time
             */
            defined_at: string;
            /** Accounts */
            accounts: number;
            /** Next Close */
            next_close: string | null;
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
        /** DeliveryDetail */
        DeliveryDetail: {
            /** Id */
            id: string;
            /** Account Id */
            account_id: string;
            /**
             * Document Kind
             * @enum {string}
             */
            document_kind: "invoice" | "credit_note";
            /** Document Id */
            document_id: string;
            /** Number */
            number: string;
            /**
             * Channel
             * @enum {string}
             */
            channel: "email" | "webhook" | "print";
            /**
             * Status
             * @enum {string}
             */
            status: "waiting" | "sending" | "sent" | "bounced" | "failed" | "unknown" | "cancelled";
            /** Reason */
            reason: string;
            /** Answer */
            answer: string;
            /** Attempts */
            attempts: number;
            /** Automatic */
            automatic: boolean;
            /** Resend Of */
            resend_of: string | null;
            /** Batch Id */
            batch_id: string | null;
            /**
             * Asked At
             * Format: date-time
             */
            asked_at: string;
            /** Next Attempt At */
            next_attempt_at: string | null;
            /** Sent At */
            sent_at: string | null;
            /** Ended At */
            ended_at: string | null;
            /** To */
            to: string[];
            /** Allowed Actions */
            allowed_actions: components["schemas"]["ActionShape"][];
            /** Attempts Made */
            attempts_made: components["schemas"]["AttemptShape"][];
        };
        /** DeliveryPage */
        DeliveryPage: {
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
            items: components["schemas"]["DeliveryShape"][];
        };
        /**
         * DeliveryPreferencesBody
         * @description Given as a whole. With `automatic` what is issued goes out by itself.
         */
        DeliveryPreferencesBody: {
            email?: components["schemas"]["EmailBody"] | null;
            webhook?: components["schemas"]["WebhookBody"] | null;
            /**
             * Print
             * @default false
             */
            print: boolean;
            /**
             * Automatic
             * @default false
             */
            automatic: boolean;
        };
        /**
         * DeliveryPreferencesShape
         * @description By which channels documents go out. Addresses are "sealed" for those who may not read personal data.
         */
        DeliveryPreferencesShape: {
            email: components["schemas"]["EmailShape"] | null;
            webhook: components["schemas"]["WebhookShape"] | null;
            /** Print */
            print: boolean;
            /** Automatic */
            automatic: boolean;
        };
        /**
         * DeliveryShape
         * @description A document on its way by one channel, once. `reason` is the code of what was said last (of SMTP, of HTTP, or a
         *     word), `answer` its words. `to` is where it goes to, "sealed" for those who may not read personal data.
         *     `resend_of` is the delivery that it repeats, `batch_id` the print batch that it is in.
         */
        DeliveryShape: {
            /** Id */
            id: string;
            /** Account Id */
            account_id: string;
            /**
             * Document Kind
             * @enum {string}
             */
            document_kind: "invoice" | "credit_note";
            /** Document Id */
            document_id: string;
            /** Number */
            number: string;
            /**
             * Channel
             * @enum {string}
             */
            channel: "email" | "webhook" | "print";
            /**
             * Status
             * @enum {string}
             */
            status: "waiting" | "sending" | "sent" | "bounced" | "failed" | "unknown" | "cancelled";
            /** Reason */
            reason: string;
            /** Answer */
            answer: string;
            /** Attempts */
            attempts: number;
            /** Automatic */
            automatic: boolean;
            /** Resend Of */
            resend_of: string | null;
            /** Batch Id */
            batch_id: string | null;
            /**
             * Asked At
             * Format: date-time
             */
            asked_at: string;
            /** Next Attempt At */
            next_attempt_at: string | null;
            /** Sent At */
            sent_at: string | null;
            /** Ended At */
            ended_at: string | null;
            /** To */
            to: string[];
            /** Allowed Actions */
            allowed_actions: components["schemas"]["ActionShape"][];
        };
        /**
         * DemandBody
         * @description Whose complete drafts are invoiced.
         */
        DemandBody: {
            /** Account Id */
            account_id: string;
        };
        /**
         * DemandShape
         * @description What an account is invoiced now. `drafts_left` could not be issued: to issue one by its id says why.
         */
        DemandShape: {
            /** Account Id */
            account_id: string;
            /** Invoices */
            invoices: components["schemas"]["DemandedInvoice"][];
            /** Drafts Left */
            drafts_left: string[];
        };
        /**
         * DemandedInvoice
         * @description An invoice that was asked for; `GET /v1/invoices/{id}` has its lines. `locked` while its number is on its way.
         */
        DemandedInvoice: {
            /** Id */
            id: string;
            /** Number */
            number: string | null;
            /**
             * Status
             * @enum {string}
             */
            status: "locked" | "issued";
            period: components["schemas"]["PeriodShape"];
            /** Issued On */
            issued_on: string | null;
            /** Due On */
            due_on: string | null;
            net: components["schemas"]["MoneyBody"];
            tax: components["schemas"]["MoneyBody"];
            total: components["schemas"]["MoneyBody"];
        };
        /** Difference */
        Difference: {
            /** Currency */
            currency: string;
            /** Invoices */
            invoices: number;
            /** Invoices Before */
            invoices_before: number;
            /** Total */
            total: string;
            /** Before */
            before: string;
            /** Difference */
            difference: string;
        };
        /**
         * DifferenceShape
         * @description A line, what it was told, and its latest session.
         */
        DifferenceShape: {
            /** Resource Id */
            resource_id: string;
            /** Version */
            version: number;
            /** Session Id */
            session_id: string;
            /**
             * Heard At
             * Format: date-time
             */
            heard_at: string;
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
        /** Discarded */
        Discarded: {
            /** Discarded */
            discarded: number;
            /** More */
            more: boolean;
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
         * DraftBody
         * @description All that a draft says from now on: terms that it does not name are gone. Without `name` it keeps its own.
         */
        DraftBody: {
            /** Code */
            code?: string | null;
            /** Description */
            description?: string | null;
            /** Service Id */
            service_id?: string | null;
            /** Bandwidth Profile Id */
            bandwidth_profile_id?: string | null;
            /**
             * Add On
             * @default false
             */
            add_on: boolean;
            term?: components["schemas"]["TermBody"] | null;
            /**
             * Allowances
             * @default []
             */
            allowances: components["schemas"]["AllowanceBody"][];
            /** Name */
            name?: string | null;
            /** Currency */
            currency?: string | null;
            /** Prices */
            prices: components["schemas"]["Price"][];
        };
        /**
         * DynamicPrice
         * @description Nothing but what every price may say: each record brings its amount.
         */
        DynamicPrice: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            model: "dynamic";
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
            /** Tax Class */
            tax_class?: string | null;
        };
        /** EarlyTerminationShape */
        EarlyTerminationShape: {
            /** Percent */
            percent: string | null;
            amount: components["schemas"]["MoneyBody"] | null;
        };
        /**
         * ElementBody
         * @description A network element.
         */
        ElementBody: {
            /**
             * Driver
             * @enum {string}
             */
            driver: "radius_coa" | "radius_sql" | "shaped_devices" | "simulated" | "webhook";
            /** Address */
            address: string;
            /**
             * Vendor
             * @default generic
             * @enum {string}
             */
            vendor: "cisco" | "disconnect" | "generic" | "mikrotik";
            /** Secret */
            secret?: string | null;
            /** Id */
            id?: string | null;
        };
        /**
         * ElementChange
         * @description All that is said of an element. `address`: host and port, a URL, a database's DSN or a file, by its driver.
         *
         *     Without `secret` an element keeps the one it has.
         */
        ElementChange: {
            /**
             * Driver
             * @enum {string}
             */
            driver: "radius_coa" | "radius_sql" | "shaped_devices" | "simulated" | "webhook";
            /** Address */
            address: string;
            /**
             * Vendor
             * @default generic
             * @enum {string}
             */
            vendor: "cisco" | "disconnect" | "generic" | "mikrotik";
            /** Secret */
            secret?: string | null;
        };
        /**
         * ElementOfLineBody
         * @description `null`: the only element there is.
         */
        ElementOfLineBody: {
            /** Element Id */
            element_id: string | null;
        };
        /** ElementOfLineShape */
        ElementOfLineShape: {
            /** Resource Id */
            resource_id: string;
            /** Element Id */
            element_id: string | null;
        };
        /** ElementPage */
        ElementPage: {
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
            items: components["schemas"]["ElementShape"][];
        };
        /**
         * ElementShape
         * @description A network element; whether it has a secret, and never which.
         */
        ElementShape: {
            /** Id */
            id: string;
            /** Driver */
            driver: string;
            /** Address */
            address: string;
            /** Vendor */
            vendor: string;
            /** Version */
            version: number;
            /**
             * Defined At
             * Format: date-time
             */
            defined_at: string;
            /** Has Secret */
            has_secret: boolean;
            /** Allowed Actions */
            allowed_actions: components["schemas"]["ActionShape"][];
        };
        /**
         * EmailBody
         * @description To which addresses; to the account's own one without any.
         */
        EmailBody: {
            /**
             * To
             * @default []
             */
            to: string[];
        };
        /** EmailShape */
        EmailShape: {
            /** To */
            to: string[];
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
         * EvidenceBody
         * @description A piece of evidence of where a customer is.
         */
        EvidenceBody: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "billing_address" | "ip_address" | "bank" | "sim" | "fixed_line" | "other";
            /** Country */
            country: string;
        };
        /**
         * EvidenceShape
         * @description The time without service that a credit is for: `seconds` of it, from `start` to `end` (excluded).
         */
        EvidenceShape: {
            /**
             * Start
             * Format: date-time
             */
            start: string;
            /**
             * End
             * Format: date-time
             */
            end: string;
            /** Seconds */
            seconds: number;
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
            /** Meters */
            meters: {
                [key: string]: number;
            };
            /** Fraction */
            fraction: string | null;
            /** Item */
            item: string | null;
            /** Corrects */
            corrects: string[];
            /** Cause */
            cause: string | null;
            evidence: components["schemas"]["EvidenceShape"] | null;
            /** Tax Class */
            tax_class: string | null;
            /**
             * Fixed At
             * Format: date-time
             */
            fixed_at: string;
            period: components["schemas"]["PeriodBody"];
            billing_period: components["schemas"]["PeriodBody"];
            settles: components["schemas"]["PeriodBody"] | null;
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
            /** Account Id */
            account_id: string | null;
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
        /**
         * FailureShape
         * @description How many accounts have failed for one reason.
         */
        FailureShape: {
            /** Reason */
            reason: string;
            /** Accounts */
            accounts: number;
        };
        /**
         * FairUseStepBody
         * @description From the usage `at` on, "80%" of what is there or a quantity, the line gets the bandwidth profile.
         */
        FairUseStepBody: {
            /** At */
            at: string;
            /** Profile */
            profile: string;
        };
        /** FairUseStepShape */
        FairUseStepShape: {
            /** At */
            at: string;
            /** Profile */
            profile: string;
        };
        /** FeeShape */
        FeeShape: {
            /** Percent */
            percent: string | null;
            /** Amount */
            amount: string | null;
        };
        /**
         * FieldDifference
         * @description A field that differs, by its JSON pointer; `old` and `new` only where it was and is there.
         */
        FieldDifference: {
            /** Pointer */
            pointer: string;
            /**
             * Change
             * @enum {string}
             */
            change: "added" | "removed" | "changed";
            /** Old */
            old?: unknown;
            /** New */
            new?: unknown;
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
         * FileDetail
         * @description A file with the first pieces that were refused; refused.csv has the `refused_kept` that are kept.
         */
        FileDetail: {
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Source */
            source: string;
            /** Format */
            format: string;
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
            records: components["schemas"]["FileRecords"];
            /** Size Bytes */
            size_bytes: number;
            /** Sha256 */
            sha256: string;
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
            /** Refused Kept */
            refused_kept: number;
            /** Failures */
            failures: components["schemas"]["FileFailure"][];
        };
        /**
         * FileFailure
         * @description A piece that was not taken; `id` is its place in the file, from 0.
         */
        FileFailure: {
            /** Id */
            id: string;
            /** Code */
            code: string;
            /** Detail */
            detail: string;
        };
        /**
         * FileJob
         * @description A file on its way into the log. `done` counts its pieces that were taken, `failed` those that were not, of which
         *     `failures` has the first 100. `total` is null until the end. `result_url` says what became of the records.
         */
        FileJob: {
            /** Id */
            id: string;
            /**
             * Kind
             * @constant
             */
            kind: "usage-file";
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
            failures: components["schemas"]["FileFailure"][];
            /** Result Url */
            result_url: string | null;
            /** Batch Id */
            batch_id: string;
            /** Source */
            source: string;
            /** Format */
            format: string;
            /** Name */
            name: string;
            /** Size Bytes */
            size_bytes: number;
            /** Sha256 */
            sha256: string;
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
        /** FilePage */
        FilePage: {
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
            items: components["schemas"]["FileShape"][];
        };
        /**
         * FileRecords
         * @description What became of its records; `all_counted` when each of them is in one of these.
         */
        FileRecords: {
            /** Accepted */
            accepted: number;
            /** Quarantined */
            quarantined: number;
            /** Duplicates */
            duplicates: number;
            /** Conflicts */
            conflicts: number;
            /** All Counted */
            all_counted: boolean;
        };
        /**
         * FileShape
         * @description A file of usage. `done` of its pieces are in the log, `failed` are not; `total` is null until the end.
         */
        FileShape: {
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Source */
            source: string;
            /** Format */
            format: string;
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
            records: components["schemas"]["FileRecords"];
            /** Size Bytes */
            size_bytes: number;
            /** Sha256 */
            sha256: string;
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
            /** Tax Class */
            tax_class?: string | null;
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
         * GraduatedPercentagePrice
         * @description `tiers` in rising order; the last one has `up_to: null`.
         */
        GraduatedPercentagePrice: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            model: "graduated_percentage";
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
            /** Tax Class */
            tax_class?: string | null;
            /** Tiers */
            tiers: components["schemas"]["PercentageTier"][];
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
            /** Tax Class */
            tax_class?: string | null;
            /** Tiers */
            tiers: components["schemas"]["UnitTier"][];
        };
        /** HeldPage */
        HeldPage: {
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
            items: components["schemas"]["HeldShape"][];
        };
        /**
         * HeldShape
         * @description An assignment: `resource_id` is what was assigned, the resource itself or a prefix over it.
         */
        HeldShape: {
            /** Resource Id */
            resource_id: string;
            /** Is Prefix */
            is_prefix: boolean;
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
            /**
             * Recorded At
             * Format: date-time
             */
            recorded_at: string;
        };
        /**
         * HoldBody
         * @description Why billing runs pass the account by, and until which day (excluded); without one until it is released.
         */
        HoldBody: {
            /** Reason */
            reason: string;
            /** Until */
            until?: string | null;
        };
        /**
         * HoldShape
         * @description Billing runs pass the account by, until the day `until` (excluded); without one until it is released.
         */
        HoldShape: {
            /** Reason */
            reason: string;
            /** Until */
            until: string | null;
        };
        /**
         * HolderShape
         * @description Whose the resource was at `at`; nulls where it was nobody's.
         */
        HolderShape: {
            /** Resource */
            resource: string;
            /**
             * At
             * Format: date-time
             */
            at: string;
            /** Account Id */
            account_id: string | null;
            /** Subscription Id */
            subscription_id: string | null;
            assignment: components["schemas"]["HeldShape"] | null;
        };
        /** HolidaysBody */
        HolidaysBody: {
            /** Name */
            name: string;
            /** Dates */
            dates: string[];
            /** Id */
            id?: string | null;
        };
        /**
         * HolidaysChange
         * @description All days of the calendar; one given twice counts once.
         */
        HolidaysChange: {
            /** Name */
            name: string;
            /** Dates */
            dates: string[];
        };
        /** HolidaysPage */
        HolidaysPage: {
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
            items: components["schemas"]["HolidaysShape"][];
        };
        /** HolidaysShape */
        HolidaysShape: {
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Dates */
            dates: string[];
            /** Version */
            version: number;
            /**
             * Changed At
             * Format: date-time
             */
            changed_at: string;
            /** Allowed Actions */
            allowed_actions: components["schemas"]["ActionShape"][];
        };
        /**
         * IncrementBody
         * @description From `after_s` on, each started block of `unit_s` is billed whole: 60/1 is 0, 60 and then 60, 1.
         */
        IncrementBody: {
            /**
             * After S
             * Format: decimal
             * @example 12.40
             */
            after_s: string;
            /**
             * Unit S
             * Format: decimal
             * @example 12.40
             */
            unit_s: string;
        };
        /** IntentPage */
        IntentPage: {
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
            items: components["schemas"]["IntentShape"][];
        };
        /**
         * IntentShape
         * @description A version of what a line is to have.
         */
        IntentShape: {
            /** Resource Id */
            resource_id: string;
            /** Version */
            version: number;
            /**
             * Desired
             * @enum {string}
             */
            desired: "open" | "throttled" | "blocked";
            /** Why */
            why: string[];
            /** Reason */
            reason: string;
            /**
             * State
             * @enum {string}
             */
            state: "pending" | "sent" | "acknowledged" | "refused" | "timed_out" | "superseded";
            /** Attempts */
            attempts: number;
            /** Element Id */
            element_id: string | null;
            /** Answer */
            answer: string | null;
            /**
             * Wanted At
             * Format: date-time
             */
            wanted_at: string;
            /** Sent At */
            sent_at: string | null;
            /** Answered At */
            answered_at: string | null;
            profile: components["schemas"]["RatesShape"] | null;
        };
        /**
         * Invoice
         * @description `provisional`: tax and total of a draft are a forecast at the account's rate until it is locked.
         *
         *     A draft that another account pays is `passed_on`: `passed_to` is that account, `passed_into` its invoice. One that
         *     was credited in full and issued anew is `replaced_by` another, which `replaces` it.
         *
         *     `total` = `paid` + `credited` + `due`, where `credited` is what credit notes took off what was due; what they credit
         *     of what was paid is credit of the account.
         *
         *     `sent_at`: when a delivery of it went through for the first time. `delivery_status` is that of its deliveries, of
         *     several the one that needs a look soonest; `null` where none was asked for.
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
            /** Cycle Id */
            cycle_id: string | null;
            /** Run Id */
            run_id: string | null;
            /**
             * Status
             * @enum {string}
             */
            status: "draft" | "locked" | "issued" | "void" | "carried_forward" | "passed_on";
            /** Carried Into */
            carried_into: string | null;
            /** Passed To */
            passed_to: string | null;
            /** Passed Into */
            passed_into: string | null;
            /** Replaces */
            replaces: string | null;
            /** Replaced By */
            replaced_by: string | null;
            /** Void Reason */
            void_reason: string | null;
            /** Voided On */
            voided_on: string | null;
            /** Issued On */
            issued_on: string | null;
            /** Due On */
            due_on: string | null;
            net: components["schemas"]["MoneyBody"];
            tax: components["schemas"]["MoneyBody"];
            total: components["schemas"]["MoneyBody"];
            /** Provisional */
            provisional: boolean;
            /** Version */
            version: number;
            /** Account Name */
            account_name: string | null;
            /**
             * Payment Status
             * @enum {string}
             */
            payment_status: "unpaid" | "partially_paid" | "paid";
            /** Days Overdue */
            days_overdue: number;
            /** Time Zone */
            time_zone: string;
            period: components["schemas"]["PeriodBody"];
            paid: components["schemas"]["MoneyBody"];
            credited: components["schemas"]["MoneyBody"];
            /** @description Outstanding: what is left to pay. On the document it is the amount due. */
            due: components["schemas"]["MoneyBody"];
            /** Sent At */
            sent_at: string | null;
            /** Delivery Status */
            delivery_status: ("waiting" | "sending" | "sent" | "bounced" | "failed" | "unknown" | "cancelled") | null;
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
            /** Cycle Id */
            cycle_id: string | null;
            /** Run Id */
            run_id: string | null;
            /**
             * Status
             * @enum {string}
             */
            status: "draft" | "locked" | "issued" | "void" | "carried_forward" | "passed_on";
            /** Carried Into */
            carried_into: string | null;
            /** Passed To */
            passed_to: string | null;
            /** Passed Into */
            passed_into: string | null;
            /** Replaces */
            replaces: string | null;
            /** Replaced By */
            replaced_by: string | null;
            /** Void Reason */
            void_reason: string | null;
            /** Voided On */
            voided_on: string | null;
            /** Issued On */
            issued_on: string | null;
            /** Due On */
            due_on: string | null;
            net: components["schemas"]["MoneyBody"];
            tax: components["schemas"]["MoneyBody"];
            total: components["schemas"]["MoneyBody"];
            /** Provisional */
            provisional: boolean;
            /** Version */
            version: number;
            /** Account Name */
            account_name: string | null;
            /**
             * Payment Status
             * @enum {string}
             */
            payment_status: "unpaid" | "partially_paid" | "paid";
            /** Days Overdue */
            days_overdue: number;
            /** Time Zone */
            time_zone: string;
            period: components["schemas"]["PeriodBody"];
            paid: components["schemas"]["MoneyBody"];
            credited: components["schemas"]["MoneyBody"];
            /** @description Outstanding: what is left to pay. On the document it is the amount due. */
            due: components["schemas"]["MoneyBody"];
            /** Sent At */
            sent_at: string | null;
            /** Delivery Status */
            delivery_status: ("waiting" | "sending" | "sent" | "bounced" | "failed" | "unknown" | "cancelled") | null;
            /** Allowed Actions */
            allowed_actions: components["schemas"]["ActionShape"][];
            /** Lines */
            lines: components["schemas"]["InvoiceLine"][];
            /** Tax Groups */
            tax_groups: components["schemas"]["TaxGroup"][];
            /** Payments */
            payments: components["schemas"]["Allocation"][];
            /** Credits */
            credits: components["schemas"]["CreditAllocation"][];
            /** Credit Notes */
            credit_notes: components["schemas"]["CreditNote"][];
        };
        /**
         * InvoiceLine
         * @description A line of kind `carried_forward` has no charge, subscription or plan: `carried_from` is the draft it sums up.
         *
         *     `account_id`: whose charge it is, where another account pays.
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
            /** Account Id */
            account_id: string | null;
            /** Meter */
            meter: string | null;
            /** Unit */
            unit: string | null;
            /** Quantity */
            quantity: string | null;
            /** Records */
            records: number;
            net: components["schemas"]["MoneyBody"];
            period: components["schemas"]["PeriodBody"];
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
         *     payments are shown by `GET /v1/invoices/{id}`. `replaces` is the invoice that was credited in full and is issued
         *     anew by this one, `replaced_by` the other way round.
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
            status: "draft" | "locked" | "issued" | "void" | "carried_forward" | "passed_on";
            /** Carried Into */
            carried_into: string | null;
            /** Passed To */
            passed_to: string | null;
            /** Passed Into */
            passed_into: string | null;
            /** Replaces */
            replaces: string | null;
            /** Replaced By */
            replaced_by: string | null;
            /** Void Reason */
            void_reason: string | null;
            /** Voided On */
            voided_on: string | null;
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
        /**
         * InvoiceTaxShape
         * @description `rate` in percent of `base`; `reason` why there is none.
         *
         *     Where tables said so: the `jurisdiction` whose tax it is, the `rule` and the version of the rate by which it is
         *     taken, the `share` of the price in percent, how it was rounded, and the numbers of the `lines` it is taken of.
         */
        InvoiceTaxShape: {
            /** Category */
            category: string;
            /** Rate */
            rate: string;
            base: components["schemas"]["MoneyBody"];
            tax: components["schemas"]["MoneyBody"];
            /** Name */
            name: string;
            /** Reason */
            reason: string | null;
            /** Kind */
            kind: string | null;
            /** Jurisdiction */
            jurisdiction: string | null;
            /** Rule */
            rule: string | null;
            /** Rate Id */
            rate_id: string | null;
            /** Rate Version */
            rate_version: number | null;
            /** Share */
            share: string | null;
            /** Tax Round */
            tax_round: string | null;
            /** Lines */
            lines: number[];
        };
        /**
         * InvoiceTaxesShape
         * @description A draft has none yet: rates and certificates are those of the day on which it is locked.
         */
        InvoiceTaxesShape: {
            /** Invoice Id */
            invoice_id: string;
            /** Status */
            status: string;
            /** Items */
            items: components["schemas"]["InvoiceTaxShape"][];
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
            /** Credited */
            credited: string;
            /** Due */
            due: string;
        };
        /**
         * InvoicingPolicyBody
         * @description What is left for the account's next invoice: invoices of 0.00, and those below a `minimum` in their currency.
         */
        InvoicingPolicyBody: {
            /**
             * Zero Invoices
             * @default issue
             * @enum {string}
             */
            zero_invoices: "issue" | "skip";
            /**
             * Minimum
             * @default []
             */
            minimum: components["schemas"]["MoneyBody"][];
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
        /** LastRun */
        LastRun: {
            /** Id */
            id: string;
            /** Differences */
            differences: components["schemas"]["Difference"][];
        };
        /** LeavingShape */
        LeavingShape: {
            amount: components["schemas"]["MoneyBody"];
            /** Formula */
            formula: string;
            /** Steps */
            steps: components["schemas"]["LeavingStepShape"][];
        };
        /**
         * LeavingStepShape
         * @description What is left of one recurring price to the end, before rounding and before the percentage.
         */
        LeavingStepShape: {
            /** Plan Id */
            plan_id: string;
            /** Price Index */
            price_index: number;
            /** Quantity */
            quantity: number;
            /** Remaining */
            remaining: string;
        };
        /**
         * LineBody
         * @description Line `n` of the invoice: `net` of it, or what is left of it.
         */
        LineBody: {
            /** N */
            n: number;
            /** Net */
            net?: string | null;
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
         *     `account_id`: whose charge it is, where another account pays.
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
            /** Account Id */
            account_id: string | null;
        };
        /**
         * LookupShape
         * @description `destination` is the number as prefixes are compared with it; `shorter` also fit, and lost.
         */
        LookupShape: {
            /** Table Id */
            table_id: string;
            /** Version */
            version: number;
            /** Effective From */
            effective_from: string | null;
            /** Destination */
            destination: string | null;
            /** Prefix */
            prefix: string | null;
            rate: components["schemas"]["PrefixRateBody"] | null;
            /** Shorter */
            shorter: string[];
            /** Reason */
            reason: string;
        };
        /**
         * MatrixCell
         * @description `unit_price` of records that say what `match` says; a dimension that it does not name may be anything.
         */
        MatrixCell: {
            /** Match */
            match: {
                [key: string]: string;
            };
            /**
             * Unit Price
             * Format: decimal
             * @example 12.40
             */
            unit_price: string;
        };
        /**
         * MatrixPrice
         * @description The first of `cells` that matches a record's attributes prices its units, else `default`.
         */
        MatrixPrice: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            model: "matrix";
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
            /** Tax Class */
            tax_class?: string | null;
            /** Dimensions */
            dimensions: string[];
            /** Cells */
            cells: components["schemas"]["MatrixCell"][];
            /** Default */
            default?: string | null;
        };
        /**
         * MeterBody
         * @description `unit` is a word for one of what is counted; `aggregation` how the records of a period become what is priced.
         *
         *     Invoice lines read the `name`. A `unique` meter counts the different words of the attribute `unique_of`, and the ids
         *     of its records without it.
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
             * @enum {string}
             */
            aggregation: "sum" | "count" | "max" | "last" | "unique" | "level" | "percentile" | "per_record";
            /** Unique Of */
            unique_of?: string | null;
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
            /** Unique Of */
            unique_of: string | null;
            /** Built In */
            built_in: boolean;
            /** Version */
            version: number;
        };
        /**
         * MeterUseShape
         * @description What a subscription has used of a meter with buckets: `included` in them, `over` what is priced.
         */
        MeterUseShape: {
            /** Meter */
            meter: string;
            /** Unit */
            unit: string | null;
            /** Used */
            used: string;
            /** Included */
            included: string;
            /** Over */
            over: string;
        };
        /**
         * MigrationBody
         * @description Who moves: those with `from_plan_id` on that day, with `from_version` only those whom it would price then.
         *
         *     Where: `to_plan_id`, pinned to `to_version`, or without one to whatever version is in force. Either plan is the one
         *     in the path unless named; one of them is. `account_ids`: only theirs. With `preview` nothing is stored.
         */
        MigrationBody: {
            /** Id */
            id?: string | null;
            /** From Plan Id */
            from_plan_id?: string | null;
            /** From Version */
            from_version?: number | null;
            /** To Plan Id */
            to_plan_id?: string | null;
            /** To Version */
            to_version?: number | null;
            /**
             * On
             * Format: date
             * @example 2026-06-01
             */
            on: string;
            /** Account Ids */
            account_ids?: string[] | null;
            /**
             * Preview
             * @default false
             */
            preview: boolean;
        };
        /** MigrationPage */
        MigrationPage: {
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
            items: components["schemas"]["MigrationShape"][];
        };
        /**
         * MigrationPreview
         * @description `total` counts the subscriptions that have the plan on that day, in whatever version; `totals` are the page's.
         */
        MigrationPreview: {
            /**
             * Preview
             * @constant
             */
            preview: true;
            /** Total */
            total: number;
            /** Items */
            items: components["schemas"]["PreviewedMove"][];
            /** Totals */
            totals: components["schemas"]["PreviewTotal"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * MigrationShape
         * @description A migration. `moved` have their change of plan, `failed` were refused it, `cancelled` have it no more.
         *
         *     `accounts` is how many were named, `null` for all. `scheduling` and `cancelling` while pages are walked.
         */
        MigrationShape: {
            /** Id */
            id: string;
            /** From Plan Id */
            from_plan_id: string;
            /** From Version */
            from_version: number | null;
            /** To Plan Id */
            to_plan_id: string;
            /** To Version */
            to_version: number | null;
            /**
             * On
             * Format: date
             */
            on: string;
            /** Accounts */
            accounts: number | null;
            /**
             * Status
             * @enum {string}
             */
            status: "scheduling" | "scheduled" | "done" | "cancelling" | "cancelled";
            /** Moved */
            moved: number;
            /** Failed */
            failed: number;
            /** Cancelled */
            cancelled: number;
            /**
             * Scheduled At
             * Format: date-time
             */
            scheduled_at: string;
            /** Scheduled By */
            scheduled_by: string | null;
            /** Cancelled At */
            cancelled_at: string | null;
            /** Allowed Actions */
            allowed_actions: components["schemas"]["ActionShape"][];
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
         * MoveShape
         * @description Records that were counted for `from` and go to `to`; `null`: to quarantine, as `no_subscription`.
         */
        MoveShape: {
            from: components["schemas"]["UsageHolderShape"];
            to: components["schemas"]["UsageHolderShape"] | null;
            /** Records */
            records: number;
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
        /**
         * NextCycleShape
         * @description The cycle that the account goes over to on `effective_on`; `transition` is its first period there.
         */
        NextCycleShape: {
            /** Cycle Id */
            cycle_id: string;
            /**
             * Effective On
             * Format: date
             */
            effective_on: string;
            transition: components["schemas"]["PeriodBody"];
        };
        /**
         * NextPayerShape
         * @description Who pays for periods that begin on `effective_on` or later.
         */
        NextPayerShape: {
            /** Billed By */
            billed_by: string;
            /**
             * Effective On
             * Format: date
             */
            effective_on: string;
        };
        /** NotComputableItem */
        NotComputableItem: {
            /** Account Id */
            account_id: string;
            /** Subscription Id */
            subscription_id: string;
            period: components["schemas"]["PeriodBody"];
            charged: components["schemas"]["MoneyBody"];
            /**
             * Reason
             * @enum {string}
             */
            reason: "beyond_sums" | "meter_not_rated" | "allowances";
            /** Meter */
            meter: string | null;
        };
        /**
         * NotComputableShape
         * @description Periods that are in no other number here: `charged` is what they cost. At most `limit` of them are items.
         */
        NotComputableShape: {
            /** Periods */
            periods: number;
            /** By Reason */
            by_reason: {
                [key: string]: number;
            };
            charged: components["schemas"]["MoneyBody"];
            /** Items */
            items: components["schemas"]["NotComputableItem"][];
        };
        /**
         * NoticeShape
         * @description The end is told `days` before it, which is `on`.
         */
        NoticeShape: {
            /** Days */
            days: number;
            /**
             * On
             * Format: date
             */
            on: string;
        };
        /**
         * OneTimeChargeBody
         * @description `amount` before tax, in the account's currency. `on`: the day whose period bills it, today if it is left out.
         */
        OneTimeChargeBody: {
            /** Account Id */
            account_id: string;
            /** Description */
            description: string;
            amount: components["schemas"]["MoneyBody"];
            /** Subscription Id */
            subscription_id?: string | null;
            /** On */
            on?: string | null;
            /** Tax Class */
            tax_class?: string | null;
        };
        /** OneTimeChargePage */
        OneTimeChargePage: {
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
            items: components["schemas"]["OneTimeChargeShape"][];
        };
        /**
         * OneTimeChargeShape
         * @description `item`: `charged_by_hand`, `early_termination`. `on` is the day whose period bills it.
         */
        OneTimeChargeShape: {
            /** Id */
            id: string;
            /** Account Id */
            account_id: string;
            /** Description */
            description: string;
            amount: components["schemas"]["MoneyBody"];
            /**
             * On
             * Format: date
             */
            on: string;
            /** Item */
            item: string;
            /** Subscription Id */
            subscription_id: string | null;
            /** Tax Class */
            tax_class: string | null;
            /**
             * Status
             * @enum {string}
             */
            status: "pending" | "billed" | "cancelled";
            /**
             * Added At
             * Format: date-time
             */
            added_at: string;
            /** Version */
            version: number;
            /** Allowed Actions */
            allowed_actions: components["schemas"]["ActionShape"][];
        };
        /**
         * OneTimePrice
         * @description `amount`, once.
         */
        OneTimePrice: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            model: "one_time";
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
            /** Tax Class */
            tax_class?: string | null;
            /**
             * Amount
             * Format: decimal
             * @example 12.40
             */
            amount: string;
        };
        /**
         * OutageBody
         * @description No service in [`from`, `to`), for `subscription_ids`, `account_ids`, those with `plan_id` or with `resources`.
         */
        OutageBody: {
            /** Id */
            id?: string | null;
            /**
             * From
             * Format: date-time
             * @example 2026-06-01T00:00:00Z
             */
            from: string;
            /**
             * To
             * Format: date-time
             * @example 2026-06-01T00:00:00Z
             */
            to: string;
            /** Subscription Ids */
            subscription_ids?: string[] | null;
            /** Account Ids */
            account_ids?: string[] | null;
            /** Plan Id */
            plan_id?: string | null;
            /** Resources */
            resources?: string[] | null;
            /**
             * @default {
             *       "share": "actual",
             *       "minimum_minutes": 0
             *     }
             */
            policy: components["schemas"]["PolicyBody"];
            /** Reason */
            reason: string;
        };
        /** OutagePage */
        OutagePage: {
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
            items: components["schemas"]["OutageShape"][];
        };
        /**
         * OutageShape
         * @description An outage; `previewed` says what it would give back, `completed` that its credits are on the accounts.
         *
         *     `credited` counts the charges that give something back, `not_credited` those that it touches and do not.
         */
        OutageShape: {
            /** Id */
            id: string;
            /**
             * Status
             * @enum {string}
             */
            status: "running" | "previewed" | "completed";
            /**
             * Start
             * Format: date-time
             */
            start: string;
            /**
             * End
             * Format: date-time
             */
            end: string;
            policy: components["schemas"]["PolicyShape"];
            /** Subscription Ids */
            subscription_ids: string[] | null;
            /** Account Ids */
            account_ids: string[] | null;
            /** Plan Id */
            plan_id: string | null;
            /** Resources */
            resources: string[] | null;
            /** Reason */
            reason: string;
            /** Accounts */
            accounts: number;
            /** Credited */
            credited: number;
            /** Not Credited */
            not_credited: number;
            /** Totals */
            totals: components["schemas"]["Total"][];
            /**
             * Recorded At
             * Format: date-time
             */
            recorded_at: string;
            /** Recorded By */
            recorded_by: string | null;
            /** Confirmed At */
            confirmed_at: string | null;
            /** Confirmed By */
            confirmed_by: string | null;
            /** Finished At */
            finished_at: string | null;
            /** Version */
            version: number;
            /** Allowed Actions */
            allowed_actions: components["schemas"]["ActionShape"][];
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
         * PackagePrice
         * @description `price` for each started package of `size` units beyond the first `included` ones.
         */
        PackagePrice: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            model: "package";
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
            /** Tax Class */
            tax_class?: string | null;
            /**
             * Size
             * Format: decimal
             * @example 12.40
             */
            size: string;
            /**
             * Price
             * Format: decimal
             * @example 12.40
             */
            price: string;
            /** Included */
            included?: string | null;
        };
        /**
         * ParkedFilter
         * @description Which records: those that match each field given, with one of its values; `from` and `to` mean `started_at`.
         */
        ParkedFilter: {
            /** Reason */
            reason?: string[] | null;
            /** Source */
            source?: string[] | null;
            /** Resource */
            resource?: string[] | null;
            /** Meter */
            meter?: string[] | null;
            /** Account Id */
            account_id?: string[] | null;
            /** Subscription Id */
            subscription_id?: string[] | null;
            /** Batch Id */
            batch_id?: string[] | null;
            /** From */
            from?: string | null;
            /** To */
            to?: string | null;
        };
        /**
         * PauseBody
         * @description As a suspension; `extend` is free, and makes the term of the contract longer by as many days.
         */
        PauseBody: {
            /** Effective On */
            effective_on?: string | null;
            /**
             * Preview
             * @default false
             */
            preview: boolean;
            /**
             * Billing
             * @default free
             * @enum {string}
             */
            billing: "free" | "fee" | "extend";
            /** Fee */
            fee?: string | null;
            /** Until */
            until?: string | null;
            /** Reason */
            reason?: string | null;
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
            /** Tax Class */
            tax_class?: string | null;
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
         * PercentagePrice
         * @description `rate` ("1.2" is 1.2 %) of each event's amount and `fixed` for it, after those that are free.
         */
        PercentagePrice: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            model: "percentage";
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
            /** Tax Class */
            tax_class?: string | null;
            /**
             * Rate
             * Format: decimal
             * @example 12.40
             */
            rate: string;
            /** Fixed */
            fixed?: string | null;
            /** Free Events */
            free_events?: string | null;
            /** Free Amount */
            free_amount?: string | null;
            /** Per Event Min */
            per_event_min?: string | null;
            /** Per Event Max */
            per_event_max?: string | null;
        };
        /**
         * PercentageTier
         * @description `rate` ("3" is 3 %) of what lies above the bound before and up to `up_to` (included; `None`: without end).
         */
        PercentageTier: {
            /** Up To */
            up_to: string | null;
            /**
             * Rate
             * Format: decimal
             * @example 12.40
             */
            rate: string;
            /** Flat Fee */
            flat_fee?: string | null;
        };
        /**
         * PercentilePrice
         * @description `unit_price` for each unit by which the percentile is above `commit`.
         */
        PercentilePrice: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            model: "percentile";
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
            /** Tax Class */
            tax_class?: string | null;
            /**
             * Unit Price
             * Format: decimal
             * @example 12.40
             */
            unit_price: string;
            /**
             * Percentile
             * Format: decimal
             * @default 95
             * @example 12.40
             */
            percentile: string;
            /**
             * Commit
             * Format: decimal
             * @default 0
             * @example 12.40
             */
            commit: string;
            /**
             * Direction
             * @default max
             * @enum {string}
             */
            direction: "max" | "sum" | "in" | "out";
            /**
             * Missing
             * @default exclude
             * @enum {string}
             */
            missing: "exclude" | "zero";
            /**
             * Sample S
             * Format: decimal
             * @default 300
             * @example 12.40
             */
            sample_s: string;
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
         * PlaceBody
         * @description Where something is supplied: a tax jurisdiction by its id, or an address, which is found in the tree of them.
         */
        PlaceBody: {
            /** Jurisdiction Id */
            jurisdiction_id?: string | null;
            /** Country */
            country?: string | null;
            /** Region */
            region?: string | null;
            /** County */
            county?: string | null;
            /** City */
            city?: string | null;
            /** District */
            district?: string | null;
            /** Postal Code */
            postal_code?: string | null;
        };
        /**
         * PlanBody
         * @description A plan; its prices are version 1, a draft.
         */
        PlanBody: {
            /** Code */
            code?: string | null;
            /** Description */
            description?: string | null;
            /** Service Id */
            service_id?: string | null;
            /** Bandwidth Profile Id */
            bandwidth_profile_id?: string | null;
            /**
             * Add On
             * @default false
             */
            add_on: boolean;
            term?: components["schemas"]["TermBody"] | null;
            /**
             * Allowances
             * @default []
             */
            allowances: components["schemas"]["AllowanceBody"][];
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
         * @description A plan as its latest version, with all of them in `versions`; `status` is the plan's.
         *
         *     `active_subscriptions` are those that have it today, `null` in answers to writes.
         */
        PlanShape: {
            /** Version */
            version: number;
            /**
             * Status
             * @enum {string}
             */
            status: "draft" | "scheduled" | "in_force" | "retired";
            /** Revision */
            revision: number;
            /** Name */
            name: string;
            /** Code */
            code: string;
            /**
             * Type
             * @enum {string}
             */
            type: "recurring" | "usage" | "hybrid" | "one_off";
            /** Description */
            description: string | null;
            /** Service Id */
            service_id: string | null;
            /** Bandwidth Profile Id */
            bandwidth_profile_id: string | null;
            /** Add On */
            add_on: boolean;
            term: components["schemas"]["services__rating__plan__shapes__TermShape"] | null;
            /** Allowances */
            allowances: components["schemas"]["AllowanceShape"][];
            /** Tax Class */
            tax_class: string | null;
            /** Cloned From */
            cloned_from: string | null;
            /**
             * Drafted At
             * Format: date-time
             */
            drafted_at: string;
            /** Effective From */
            effective_from: string | null;
            /** Published At */
            published_at: string | null;
            /** Retired On */
            retired_on: string | null;
            /** Prices */
            prices: components["schemas"]["Price"][];
            /** Price Summary */
            price_summary: string[];
            /** Allowed Actions */
            allowed_actions: components["schemas"]["ActionShape"][];
            /** Id */
            id: string;
            /** Currency */
            currency: string;
            /** Active Subscriptions */
            active_subscriptions: number | null;
            /** Versions */
            versions: components["schemas"]["VersionShape"][];
            /** Warnings */
            warnings: components["schemas"]["WarningShape"][];
        };
        /**
         * PlanSum
         * @description What a plan comes to, net; `plan_id` is empty for lines of no plan.
         */
        PlanSum: {
            /** Plan Id */
            plan_id: string;
            /** Currency */
            currency: string;
            /** Invoices */
            invoices: number;
            /** Net */
            net: string;
        };
        /**
         * PolicyBody
         * @description `actual`: the share of the charged time that was lost; `percent`: so much of each charge that was touched.
         */
        PolicyBody: {
            /**
             * Share
             * @default actual
             * @enum {string}
             */
            share: "actual" | "percent";
            /** Percent */
            percent?: string | null;
            /**
             * Minimum Minutes
             * @default 0
             */
            minimum_minutes: number;
        };
        /** PolicyShape */
        PolicyShape: {
            /**
             * Share
             * @enum {string}
             */
            share: "actual" | "percent";
            /** Percent */
            percent: string | null;
            /** Minimum Minutes */
            minimum_minutes: number;
        };
        /**
         * PrefixRateBody
         * @description What calls to numbers that begin with `prefix` cost; the longest prefix wins. `name` is shown on the bill.
         */
        PrefixRateBody: {
            /** Prefix */
            prefix: string;
            /** Name */
            name?: string | null;
            /** Connect Fee */
            connect_fee?: string | null;
            /** Increments */
            increments?: components["schemas"]["IncrementBody"][] | null;
            /** Bands */
            bands: components["schemas"]["BandBody"][];
        };
        /** PreviewBill */
        PreviewBill: {
            amount: components["schemas"]["MoneyBody"];
            /** Lines */
            lines: components["schemas"]["PreviewLine"][];
        };
        /**
         * PreviewLine
         * @description A line as the bill would have it; `quantity` of a flat price is how many there are, `null` for one.
         */
        PreviewLine: {
            /** Kind */
            kind: string;
            /** Description */
            description: string;
            /** Subscription Id */
            subscription_id: string | null;
            /** Plan Id */
            plan_id: string | null;
            /** Plan Version */
            plan_version: number;
            period: components["schemas"]["PeriodBody"];
            /** Quantity */
            quantity: string | null;
            amount: components["schemas"]["MoneyBody"];
        };
        /** PreviewShape */
        PreviewShape: {
            /** Run Id */
            run_id: string;
            /** Plans */
            plans: components["schemas"]["PlanSum"][];
            /** Warnings */
            warnings: components["schemas"]["Warned"][];
            /** Samples */
            samples: components["schemas"]["Sample"][];
            last_run: components["schemas"]["LastRun"] | null;
        };
        /**
         * PreviewTotal
         * @description Sums of the page.
         */
        PreviewTotal: {
            /** Currency */
            currency: string;
            /** Without Change */
            without_change: string;
            /** With Change */
            with_change: string;
            /** Difference */
            difference: string;
        };
        /**
         * PreviewedMove
         * @description One subscription: the account's bill for `period`, the first that differs; or why it would not be moved.
         */
        PreviewedMove: {
            /** Subscription Id */
            subscription_id: string;
            /** Account Id */
            account_id: string;
            period: components["schemas"]["PeriodBody"] | null;
            without_change: components["schemas"]["MoneyBody"] | null;
            with_change: components["schemas"]["MoneyBody"] | null;
            difference: components["schemas"]["MoneyBody"] | null;
            refused: components["schemas"]["Refused"] | null;
        };
        /**
         * Price
         * @description What something costs; `model` says how it is computed.
         */
        Price: components["schemas"]["CapacityPrice"] | components["schemas"]["DynamicPrice"] | components["schemas"]["FlatPrice"] | components["schemas"]["GraduatedPrice"] | components["schemas"]["GraduatedPercentagePrice"] | components["schemas"]["MatrixPrice"] | components["schemas"]["OneTimePrice"] | components["schemas"]["PackagePrice"] | components["schemas"]["PerUnitPrice"] | components["schemas"]["PercentagePrice"] | components["schemas"]["PercentilePrice"] | components["schemas"]["RatedCallPrice"] | components["schemas"]["TimeWeightedPrice"] | components["schemas"]["VolumePrice"];
        /**
         * PriceDifference
         * @description A price that differs. `from` and `to` point to it in either version; `fields` are those of a changed one.
         */
        PriceDifference: {
            /**
             * Change
             * @enum {string}
             */
            change: "added" | "removed" | "changed";
            /** From */
            from: string | null;
            /** To */
            to: string | null;
            /** Sentence */
            sentence: string;
            /** Fields */
            fields: components["schemas"]["FieldDifference"][];
        };
        /**
         * PrintBatchBody
         * @description Up to the end of which day; without it all that waits.
         */
        PrintBatchBody: {
            /** On */
            on?: string | null;
        };
        /**
         * PrintBatchShape
         * @description `more`: whether others waited that did not fit in.
         */
        PrintBatchShape: {
            /** Id */
            id: string;
            /** Documents */
            documents: number;
            /** More */
            more: boolean;
            /** Deliveries */
            deliveries: components["schemas"]["DeliveryShape"][];
        };
        /**
         * ProbeShape
         * @description Whether it answered, and what. Nothing is changed there.
         */
        ProbeShape: {
            /** Reachable */
            reachable: boolean;
            /** Answer */
            answer: string;
        };
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
         * ProfileBody
         * @description A bandwidth profile.
         */
        ProfileBody: {
            /** Name */
            name: string;
            /** Down Kbps */
            down_kbps: number;
            /** Up Kbps */
            up_kbps: number;
            /** Burst Down Kbps */
            burst_down_kbps?: number | null;
            /** Burst Up Kbps */
            burst_up_kbps?: number | null;
            /** Burst S */
            burst_s?: number | null;
            /** Description */
            description?: string | null;
            /** Id */
            id?: string | null;
        };
        /**
         * ProfileChange
         * @description All that a profile says, in kbit/s; a burst lasts at most `burst_s` seconds.
         */
        ProfileChange: {
            /** Name */
            name: string;
            /** Down Kbps */
            down_kbps: number;
            /** Up Kbps */
            up_kbps: number;
            /** Burst Down Kbps */
            burst_down_kbps?: number | null;
            /** Burst Up Kbps */
            burst_up_kbps?: number | null;
            /** Burst S */
            burst_s?: number | null;
            /** Description */
            description?: string | null;
        };
        /** ProfilePage */
        ProfilePage: {
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
            items: components["schemas"]["ProfileShape"][];
        };
        /**
         * ProfileShape
         * @description A bandwidth profile; `plans` have a version that gives it.
         */
        ProfileShape: {
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Down Kbps */
            down_kbps: number;
            /** Up Kbps */
            up_kbps: number;
            /** Burst Down Kbps */
            burst_down_kbps: number | null;
            /** Burst Up Kbps */
            burst_up_kbps: number | null;
            /** Burst S */
            burst_s: number | null;
            /** Description */
            description: string | null;
            /** Version */
            version: number;
            /**
             * Defined At
             * Format: date-time
             */
            defined_at: string;
            /** Plans */
            plans: number;
            /** Allowed Actions */
            allowed_actions: components["schemas"]["ActionShape"][];
        };
        /**
         * ProgressShape
         * @description How much of what is committed usage has come to, exact; `share` is "1" once it is met, else 9 decimals.
         */
        ProgressShape: {
            used: components["schemas"]["MoneyBody"];
            committed: components["schemas"]["MoneyBody"];
            /** Share */
            share: string;
        };
        /**
         * PublicationBody
         * @description From `effective_from` on, a date in the time zone of each account, the version prices what happens.
         *
         *     With `revision` only while the draft is at that one (412).
         */
        PublicationBody: {
            /**
             * Effective From
             * Format: date
             * @example 2026-06-01
             */
            effective_from: string;
            /** Revision */
            revision?: number | null;
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
         * RateChangeShape
         * @description `percent`: how much more the second that changes most costs ("-8.33": less); null where none changes.
         */
        RateChangeShape: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "added" | "removed" | "raised" | "lowered" | "changed";
            /** Prefix */
            prefix: string;
            before: components["schemas"]["PrefixRateBody"] | null;
            after: components["schemas"]["PrefixRateBody"] | null;
            /** Percent */
            percent: string | null;
        };
        /**
         * RateChangesShape
         * @description What a version changes of the one in force before it (`against`, null where there is none): how many prefixes of
         *     each kind, and one page of them, in the order of the kinds and then of the prefixes.
         */
        RateChangesShape: {
            /** Against */
            against: number | null;
            /** Rows */
            rows: number;
            /** Counts */
            counts: {
                [key: string]: number;
            };
            /** Unchanged */
            unchanged: number;
            /** Items */
            items: components["schemas"]["RateChangeShape"][];
            /** Total */
            total: number;
        };
        /** RatePage */
        RatePage: {
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
            items: components["schemas"]["PrefixRateBody"][];
        };
        /**
         * RatePublicationBody
         * @description From `effective_from` on, a date in the time zone of each account, the version prices calls.
         */
        RatePublicationBody: {
            /**
             * Effective From
             * Format: date
             * @example 2026-06-01
             */
            effective_from: string;
        };
        /**
         * RateTableBody
         * @description With `currency` only prices in it may use the table.
         */
        RateTableBody: {
            /** Id */
            id?: string | null;
            /** Name */
            name: string;
            /** Currency */
            currency?: string | null;
        };
        /** RateTablePage */
        RateTablePage: {
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
            items: components["schemas"]["RateTableShape"][];
        };
        /** RateTableShape */
        RateTableShape: {
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Currency */
            currency: string | null;
            /** Version */
            version: number;
            /** Versions */
            versions: components["schemas"]["RateTableVersionShape"][];
            /**
             * Defined At
             * Format: date-time
             */
            defined_at: string;
            /** Allowed Actions */
            allowed_actions: components["schemas"]["ActionShape"][];
        };
        /**
         * RateTableVersionShape
         * @description `rows` rates came in `parts` parts; a draft whose import broke off has fewer `parts_added`.
         */
        RateTableVersionShape: {
            /** Version */
            version: number;
            /**
             * Status
             * @enum {string}
             */
            status: "draft" | "published" | "discarded";
            /** Rows */
            rows: number;
            /** Parts */
            parts: number;
            /** Parts Added */
            parts_added: number;
            /** Effective From */
            effective_from: string | null;
            /**
             * Drafted At
             * Format: date-time
             */
            drafted_at: string;
            /** Published At */
            published_at: string | null;
            /** Allowed Actions */
            allowed_actions: components["schemas"]["ActionShape"][];
        };
        /**
         * RatedCallPrice
         * @description `bands` for every destination, or a `rate_table`: inline, or the id of a stored one.
         */
        RatedCallPrice: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            model: "rated_call";
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
            /** Tax Class */
            tax_class?: string | null;
            /** Rate Table */
            rate_table?: string | components["schemas"]["PrefixRateBody"][] | null;
            /** Connect Fee */
            connect_fee?: string | null;
            /** Increments */
            increments?: components["schemas"]["IncrementBody"][] | null;
            /** Bands */
            bands?: components["schemas"]["BandBody"][] | null;
            /** Holidays */
            holidays?: string | string[] | null;
            /**
             * Basis
             * @default time
             * @enum {string}
             */
            basis: "time" | "volume";
            /** Max Cost */
            max_cost?: string | null;
        };
        /**
         * RatesBody
         * @description The rates of a version: written out, or the text of a CSV file.
         */
        RatesBody: {
            /** Rates */
            rates?: components["schemas"]["PrefixRateBody"][] | null;
            /** Csv */
            csv?: string | null;
        };
        /**
         * RatesShape
         * @description A bandwidth profile as it was when it was asked for, in kbit/s.
         */
        RatesShape: {
            /** Profile */
            profile: string;
            /** Down Kbps */
            down_kbps?: number | null;
            /** Up Kbps */
            up_kbps?: number | null;
            /** Burst Down Kbps */
            burst_down_kbps?: number | null;
            /** Burst Up Kbps */
            burst_up_kbps?: number | null;
            /** Burst S */
            burst_s?: number | null;
        };
        /** ReachedShape */
        ReachedShape: {
            period: components["schemas"]["PeriodBody"];
            amount: components["schemas"]["MoneyBody"];
            /**
             * At
             * Format: date-time
             */
            at: string;
        };
        /** ReasonBody */
        ReasonBody: {
            /** Effective On */
            effective_on?: string | null;
            /**
             * Preview
             * @default false
             */
            preview: boolean;
            /** Reason */
            reason?: string | null;
        };
        /**
         * ReassignmentBody
         * @description In [from, to) the resource was the subscription's, or without one nobody's. With `preview` nothing is done.
         */
        ReassignmentBody: {
            /** Account Id */
            account_id?: string | null;
            /** Subscription Id */
            subscription_id?: string | null;
            /**
             * From
             * Format: date-time
             * @example 2026-06-01T00:00:00Z
             */
            from: string;
            /** To */
            to?: string | null;
            /** Note */
            note?: string | null;
            /**
             * Preview
             * @default false
             */
            preview: boolean;
        };
        /**
         * ReassignmentShape
         * @description What was counted for others in that time, as it was found before, and the assignments behind it.
         *
         *     `retraction` tells how far it is: `null` of a preview, and where nothing changes. What rating refuses of it stays.
         */
        ReassignmentShape: {
            /** Resource Id */
            resource_id: string;
            /** Account Id */
            account_id: string | null;
            /** Subscription Id */
            subscription_id: string | null;
            /**
             * From
             * Format: date-time
             */
            from: string;
            /** To */
            to: string | null;
            /** Preview */
            preview: boolean;
            /** Records */
            records: number;
            /** Moves */
            moves: components["schemas"]["MoveShape"][];
            /** Assignments */
            assignments: components["schemas"]["AssignmentShape"][];
            retraction: components["schemas"]["RetractionShape"] | null;
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
         * @description An issued invoice as something owed: `amount` = `paid` + `credited` + `open`, which is outstanding.
         *
         *     `credited` is what its credit notes took off what was open. One that is void is not listed.
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
            credited: components["schemas"]["MoneyBody"];
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
            /** Credited */
            credited: string;
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
         * ReconciledShape
         * @description Lines that have something else than they were told, and how many of them are told once more.
         */
        ReconciledShape: {
            /** Should Be Off */
            should_be_off: components["schemas"]["DifferenceShape"][];
            /** Should Be On */
            should_be_on: components["schemas"]["DifferenceShape"][];
            /** Repeated */
            repeated: number;
            /** More */
            more: boolean;
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
         * @description One usage record of a quote. `source` and `id` order records of one instant, as they do in a bill (R16).
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
            /** Source */
            source?: string | null;
            /** Id */
            id?: string | null;
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
         * RecycleBody
         * @description `records` as the quarantine's list cites them, or a `filter`.
         */
        RecycleBody: {
            /** Records */
            records?: string[] | null;
            filter?: components["schemas"]["ParkedFilter"] | null;
        };
        /**
         * Recycled
         * @description How many were counted now, and how many of those asked for still wait.
         */
        Recycled: {
            /** Recycled */
            recycled: number;
            /** Still Quarantined */
            still_quarantined: number;
            /** More */
            more: boolean;
        };
        /** Refused */
        Refused: {
            /** Code */
            code: string;
            /** Detail */
            detail: string;
        };
        /**
         * ReissueBody
         * @description Why it is credited, as a code, and a note in words, which the document prints.
         */
        ReissueBody: {
            /**
             * Reason
             * @enum {string}
             */
            reason: "billing_error" | "price_correction" | "service_outage" | "goodwill" | "cancellation" | "duplicate" | "wrong_details" | "other";
            /**
             * Note
             * @default
             */
            note: string;
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
         * RepeatBody
         * @description `reason` stands in the log beside what is told again.
         */
        RepeatBody: {
            /** Reason */
            reason: string;
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
         *     `quantity` is in the unit of its meter unless `unit` says another: volumes (`octet`, `bit`, `kB`, `KiB`, `MB`, …),
         *     times (`s`, `min`, `h`), rates (`bit/s`, `Mbit/s`). It is converted exactly, or refused.
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
            status?: ("start" | "interim" | "stop" | "accounting_on" | "accounting_off") | null;
            /** Unit */
            unit?: string | null;
        };
        /** ReportingUserPage */
        ReportingUserPage: {
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
        /** RequeueBody */
        RequeueBody: {
            /**
             * Queue
             * @description Also what is parked behind it.
             * @default false
             */
            queue: boolean;
        };
        /** ReratedPage */
        ReratedPage: {
            /** Total */
            total: number;
            /** Totals */
            totals: components["schemas"]["ReratedTotal"][];
            /** Next Cursor */
            next_cursor: string | null;
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
            /** Items */
            items: components["schemas"]["ReratedShape"][];
        };
        /**
         * ReratedShape
         * @description A price of a subscription in a closed period: what was charged, what it costs now, what goes on the account.
         *
         *     `reason` says why it is left as it is. Of an account that could not be computed at all there is no subscription.
         *     `charge_id`: the correction, once there is one; it is a charge under that id when the open period is closed.
         */
        ReratedShape: {
            /** Account Id */
            account_id: string;
            /** Subscription Id */
            subscription_id: string | null;
            /** Price Index */
            price_index: number;
            period: components["schemas"]["PeriodBody"] | null;
            /**
             * Outcome
             * @enum {string}
             */
            outcome: "corrected" | "not_computable";
            /** Reason */
            reason: string | null;
            charged: components["schemas"]["MoneyBody"] | null;
            corrected: components["schemas"]["MoneyBody"] | null;
            difference: components["schemas"]["MoneyBody"] | null;
            /** Charge Id */
            charge_id: string | null;
        };
        /** ReratedTotal */
        ReratedTotal: {
            /** Currency */
            currency: string;
            /** Amount */
            amount: string;
            /** Charged */
            charged: string;
            /** Corrected */
            corrected: string;
        };
        /**
         * ReratingBody
         * @description `prices` take the places of the version's in closed periods that begin in [`from`, `to`); a dry run only says so.
         *
         *     `account_ids`: those accounts alone.
         */
        ReratingBody: {
            /** Id */
            id?: string | null;
            /** Plan Id */
            plan_id: string;
            /** Version */
            version: number;
            /** Prices */
            prices: components["schemas"]["Price"][];
            /**
             * From
             * Format: date
             * @example 2026-06-01
             */
            from: string;
            /**
             * To
             * Format: date
             * @example 2026-06-01
             */
            to: string;
            /** Account Ids */
            account_ids?: string[] | null;
            /** Reason */
            reason: string;
            /**
             * Dry Run
             * @default true
             */
            dry_run: boolean;
        };
        /** ReratingPage */
        ReratingPage: {
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
            items: components["schemas"]["ReratingShape"][];
        };
        /**
         * ReratingShape
         * @description A rerating; `previewed` says what it would come to, `completed` that its differences are on the accounts.
         *
         *     `corrected` counts lines with a difference, `unchanged` those without, `not_computable` those left as they are.
         */
        ReratingShape: {
            /** Id */
            id: string;
            /**
             * Status
             * @enum {string}
             */
            status: "running" | "previewed" | "completed";
            /** Plan Id */
            plan_id: string;
            /** Plan Version */
            plan_version: number;
            /** Prices */
            prices: components["schemas"]["Price"][];
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
            /** Account Ids */
            account_ids: string[] | null;
            /** Reason */
            reason: string;
            /** Accounts */
            accounts: number;
            /** Corrected */
            corrected: number;
            /** Unchanged */
            unchanged: number;
            /** Not Computable */
            not_computable: number;
            /** Totals */
            totals: components["schemas"]["Total"][];
            /**
             * Started At
             * Format: date-time
             */
            started_at: string;
            /** Started By */
            started_by: string | null;
            /** Confirmed At */
            confirmed_at: string | null;
            /** Confirmed By */
            confirmed_by: string | null;
            /** Finished At */
            finished_at: string | null;
            /** Version */
            version: number;
            /** Allowed Actions */
            allowed_actions: components["schemas"]["ActionShape"][];
        };
        /**
         * ResendBody
         * @description To which addresses; without them where it went, or where the account wants it now.
         */
        ResendBody: {
            /** To */
            to?: string[] | null;
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
        /**
         * RestoreBody
         * @description Without `records` all of the retraction.
         */
        RestoreBody: {
            /** Records */
            records?: string[] | null;
        };
        /** ResultPage */
        ResultPage: {
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
            items: components["schemas"]["ResultShape"][];
        };
        /**
         * ResultShape
         * @description What came of it at one subscription; `code` and `detail` say why it failed.
         */
        ResultShape: {
            /** Subscription Id */
            subscription_id: string;
            /** Account Id */
            account_id: string;
            /**
             * Outcome
             * @enum {string}
             */
            outcome: "moved" | "failed" | "cancelled";
            /** Code */
            code: string | null;
            /** Detail */
            detail: string | null;
        };
        /**
         * RetirementBody
         * @description The first day on which no subscription begins; today (UTC) without one.
         */
        RetirementBody: {
            /** On */
            on?: string | null;
        };
        /**
         * RetractionBody
         * @description `records` as the list of usage cites them, or all of a `batch_id`: of a request, or of a file.
         */
        RetractionBody: {
            /** Records */
            records?: string[] | null;
            /** Batch Id */
            batch_id?: string | null;
            /**
             * Reason
             * @enum {string}
             */
            reason: "duplicate" | "wrong_quantity" | "wrong_time" | "wrong_line" | "bad_file" | "test_data" | "other";
            /** Note */
            note?: string | null;
        };
        /** RetractionPage */
        RetractionPage: {
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
            items: components["schemas"]["RetractionShape"][];
        };
        /**
         * RetractionShape
         * @description What was asked for, and how many records are where. `done`: nothing is `pending` and no page follows.
         *
         *     `moved` of the `retracted` count elsewhere since: corrected, or guided again to who has the resource. Of a
         *     reassignment `resource_id` is what was reassigned, and `reason` is `reassigned`.
         */
        RetractionShape: {
            /** Id */
            id: string;
            /**
             * Status
             * @enum {string}
             */
            status: "pending" | "done";
            /** Reason */
            reason: string;
            /** Note */
            note: string | null;
            /** Batch Id */
            batch_id: string | null;
            /** Resource Id */
            resource_id: string | null;
            /** Actor */
            actor: string;
            /** Records */
            records: number;
            /** Retracted */
            retracted: number;
            /** Moved */
            moved: number;
            /** Restored */
            restored: number;
            /** Refused */
            refused: {
                [key: string]: number;
            };
            /** Pending */
            pending: number;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
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
        /**
         * RolloverBody
         * @description What is left is valid for `periods` more; `max_quantity` bounds all that is carried of the allowance.
         */
        RolloverBody: {
            /** Periods */
            periods: number;
            /** Max Quantity */
            max_quantity?: string | null;
        };
        /** RolloverShape */
        RolloverShape: {
            /** Periods */
            periods: number;
            /** Max Quantity */
            max_quantity: string | null;
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
            outcome: "invoiced" | "not_closed" | "on_hold" | "deferred" | "failed";
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
         *     below zero, `on_hold` those that people keep back, `deferred` those left for the account's next invoice.
         *     `finished_at` is when its last page was walked or its last invoice issued; `null` while it runs, which it does until
         *     `partitions_done` are all `partitions`. A run `confirms` the dry run that was looked at, or `retries` the failures
         *     of another.
         */
        RunShape: {
            /** Id */
            id: string;
            /**
             * Status
             * @enum {string}
             */
            status: "running" | "completed" | "previewed" | "cancelled";
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
            /** On Hold */
            on_hold: number;
            /** Deferred */
            deferred: number;
            /** Failures */
            failures: components["schemas"]["FailureShape"][];
            /** Confirms */
            confirms: string | null;
            /** Retries */
            retries: string | null;
            /** Partitions */
            partitions: number;
            /** Partitions Done */
            partitions_done: number;
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
        /**
         * Sample
         * @description An invoice worth a look: those that differ most from the account's last one come first.
         */
        Sample: {
            /** Account Id */
            account_id: string;
            /** Invoice Id */
            invoice_id: string;
            total: components["schemas"]["MoneyBody"];
            before: components["schemas"]["MoneyBody"] | null;
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
         * ScheduledShape
         * @description A change of a later day; `plan_id` and `quantity` where it is about them. `POST …/changes/{id}/cancel`.
         */
        ScheduledShape: {
            /** Change Id */
            change_id: string;
            /** Action */
            action: string;
            /**
             * Effective On
             * Format: date
             */
            effective_on: string;
            /** Plan Id */
            plan_id: string | null;
            /** Plan Version */
            plan_version: number | null;
            /** Quantity */
            quantity: number | null;
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
         * SendBody
         * @description By which channels, and to which addresses; without them as the account wants it. With `to` alone by e-mail.
         */
        SendBody: {
            /** Channels */
            channels?: ("email" | "webhook" | "print")[] | null;
            /** To */
            to?: string[] | null;
        };
        /**
         * SentShape
         * @description What a document goes out by: new deliveries, and those that were on their way already.
         */
        SentShape: {
            /** Deliveries */
            deliveries: components["schemas"]["DeliveryShape"][];
        };
        /**
         * SeriesBody
         * @description `pattern` has `{n}` or `{n:06}` once; one that is reset each year or month has `{year}` or both.
         */
        SeriesBody: {
            /** Id */
            id: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "invoice" | "credit_note";
            /** Pattern */
            pattern: string;
            /**
             * Reset
             * @default never
             * @enum {string}
             */
            reset: "never" | "year" | "month";
            /**
             * Legal Entity
             * @default
             */
            legal_entity: string;
        };
        /** SeriesPage */
        SeriesPage: {
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
            items: components["schemas"]["SeriesShape"][];
        };
        /**
         * SeriesShape
         * @description A numbering series: `last` is how many numbers it has given, `last_number` the last of them as it is written.
         */
        SeriesShape: {
            /** Id */
            id: string;
            /** Kind */
            kind: string;
            /** Legal Entity */
            legal_entity: string;
            /** Pattern */
            pattern: string;
            /** Reset */
            reset: string;
            /** Last */
            last: number;
            /** Last Number */
            last_number: string | null;
            /** Last Issued On */
            last_issued_on: string | null;
            /** Version */
            version: number;
        };
        /**
         * ServiceBody
         * @description A service of the catalogue.
         */
        ServiceBody: {
            /** Name */
            name: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "internet" | "voice" | "tv" | "iptv" | "equipment" | "hosting" | "other";
            /** Code */
            code?: string | null;
            /**
             * Meters
             * @default []
             */
            meters: string[];
            /** Tax Class */
            tax_class?: string | null;
            /** Description */
            description?: string | null;
            /** Id */
            id?: string | null;
        };
        /**
         * ServiceChange
         * @description All that is said of a service. `meters` count its use; `tax_class` is that of its plans' prices.
         */
        ServiceChange: {
            /** Name */
            name: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "internet" | "voice" | "tv" | "iptv" | "equipment" | "hosting" | "other";
            /** Code */
            code?: string | null;
            /**
             * Meters
             * @default []
             */
            meters: string[];
            /** Tax Class */
            tax_class?: string | null;
            /** Description */
            description?: string | null;
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
        /** ServicePage */
        ServicePage: {
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
            items: components["schemas"]["ServiceShape"][];
        };
        /**
         * ServiceShape
         * @description A service; `plans` have a version that sells it, `active_subscriptions` have a plan today that does.
         */
        ServiceShape: {
            /** Id */
            id: string;
            /** Code */
            code: string;
            /** Name */
            name: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "internet" | "voice" | "tv" | "iptv" | "equipment" | "hosting" | "other";
            /** Meters */
            meters: string[];
            /** Tax Class */
            tax_class: string | null;
            /** Description */
            description: string | null;
            /** Version */
            version: number;
            /**
             * Defined At
             * Format: date-time
             */
            defined_at: string;
            /** Plans */
            plans: number;
            /** Active Subscriptions */
            active_subscriptions: number;
            /** Allowed Actions */
            allowed_actions: components["schemas"]["ActionShape"][];
        };
        /** ServicesHealth */
        ServicesHealth: {
            /** Items */
            items: components["schemas"]["ServiceHealth"][];
        };
        /** SessionPage */
        SessionPage: {
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
            items: components["schemas"]["UsageSession"][];
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
        /** SideShape */
        SideShape: {
            /** Plan Id */
            plan_id: string;
            /** Version */
            version: number;
        };
        /**
         * SimulatedLine
         * @description A line of a quote; `price` says its price in a sentence.
         */
        SimulatedLine: {
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
            /** Price */
            price: string;
        };
        /** SimulatedMonth */
        SimulatedMonth: {
            period: components["schemas"]["PeriodBody"];
            amount: components["schemas"]["MoneyBody"];
            /** Lines */
            lines: components["schemas"]["SimulatedLine"][];
        };
        /**
         * SimulationBody
         * @description What is used in `period`: `quantities` by meter, the same again in each of `months` periods, or `records`.
         *
         *     Without `cycle` the periods are months that begin on the day of the first, in UTC.
         */
        SimulationBody: {
            /** Version */
            version?: number | null;
            period: components["schemas"]["PeriodBody"];
            /**
             * Months
             * @default 1
             */
            months: number;
            cycle?: components["schemas"]["CycleBody"] | null;
            /** Quantities */
            quantities?: {
                [key: string]: string;
            } | null;
            /** Records */
            records?: components["schemas"]["RecordBody"][] | null;
        };
        /**
         * SimulationShape
         * @description `amount` is the sum of the lines' rounded amounts.
         */
        SimulationShape: {
            /** Plan Id */
            plan_id: string;
            /** Version */
            version: number;
            amount: components["schemas"]["MoneyBody"];
            /** Unrounded */
            unrounded: string;
            /** Months */
            months: components["schemas"]["SimulatedMonth"][];
        };
        /**
         * SourceBody
         * @description A source, called as its records call it.
         */
        SourceBody: {
            /** Name */
            name?: string | null;
            /**
             * Addresses
             * @default []
             */
            addresses: string[];
            /** Secret */
            secret?: string | null;
            /**
             * Line
             * @default user
             * @enum {string}
             */
            line: "user" | "mac" | "ip" | "circuit";
            /**
             * Signed
             * @default false
             */
            signed: boolean;
            /** Silent After S */
            silent_after_s?: number | null;
            /** Id */
            id: string;
        };
        /**
         * SourceChange
         * @description All that is said of a source.
         *
         *     `addresses` and `secret` are for RADIUS accounting: packets from there, signed with it. `line` is what in a packet
         *     names the customer's line: User-Name, Calling-Station-Id, Framed-IP-Address or NAS-Port-Id. `signed` drops packets
         *     without a Message-Authenticator. A source that is quiet for `silent_after_s` seconds asks for attention.
         */
        SourceChange: {
            /** Name */
            name?: string | null;
            /**
             * Addresses
             * @default []
             */
            addresses: string[];
            /** Secret */
            secret?: string | null;
            /**
             * Line
             * @default user
             * @enum {string}
             */
            line: "user" | "mac" | "ip" | "circuit";
            /**
             * Signed
             * @default false
             */
            signed: boolean;
            /** Silent After S */
            silent_after_s?: number | null;
        };
        /**
         * SourceHealth
         * @description Of the hour that runs (UTC) and the 23 before it, but `records_hour`, of that hour alone.
         *
         *     Shares are of `records_day`, those counted for the first time: `late_share` ended more than an hour before,
         *     `quarantined_share` were parked as they came. `longest_silence_s` is in whole minutes without anything, up to now
         *     too. `clock_offset_ms` is the least time from a record's end until it was here: below zero its clock is ahead by
         *     that much at least, above zero it is behind by that much at most, for collecting takes its time too.
         */
        SourceHealth: {
            /** Records Hour */
            records_hour: number;
            /** Records Day */
            records_day: number;
            /** Records Per S */
            records_per_s: string;
            /** Duplicates */
            duplicates: number;
            /** Conflicts */
            conflicts: number;
            /** Malformed */
            malformed: number;
            /** Late Share */
            late_share: string | null;
            /** Quarantined Share */
            quarantined_share: string | null;
            /** Longest Silence S */
            longest_silence_s: number | null;
            /** Clock Offset Ms */
            clock_offset_ms: number | null;
        };
        /** SourcePage */
        SourcePage: {
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
            items: components["schemas"]["SourceShape"][];
        };
        /**
         * SourceShape
         * @description What is known of a source. One that is not `defined` only reported: nothing was said of it.
         *
         *     `has_secret` says whether it shares one with us; it is `silent` when nothing came for longer than `silent_after_s`.
         */
        SourceShape: {
            /** Id */
            id: string;
            /** Name */
            name: string | null;
            /** Defined */
            defined: boolean;
            /** Addresses */
            addresses: string[];
            /** Has Secret */
            has_secret: boolean;
            /** Line */
            line: string | null;
            /** Signed */
            signed: boolean | null;
            /** Silent After S */
            silent_after_s: number | null;
            /** Version */
            version: number | null;
            /** Defined At */
            defined_at: string | null;
            /** First Seen */
            first_seen: string | null;
            /** Last Seen */
            last_seen: string | null;
            /** Silent */
            silent: boolean;
            health: components["schemas"]["SourceHealth"];
            /** Allowed Actions */
            allowed_actions: components["schemas"]["ActionShape"][];
        };
        /**
         * SpendAlertBody
         * @description `threshold` before tax, in the account's currency, of the spend of a billing period.
         */
        SpendAlertBody: {
            /** Id */
            id?: string | null;
            /** Account Id */
            account_id: string;
            threshold: components["schemas"]["MoneyBody"];
            /**
             * Scope
             * @default period
             * @constant
             */
            scope: "period";
            /**
             * Action
             * @default notify
             * @enum {string}
             */
            action: "notify" | "cap";
        };
        /**
         * SpendAlertChange
         * @description What is left out stays. A changed alert is as new: a cap it asked for is lifted, until it is reached again.
         */
        SpendAlertChange: {
            threshold?: components["schemas"]["MoneyBody"] | null;
            /** Action */
            action?: ("notify" | "cap") | null;
        };
        /** SpendAlertPage */
        SpendAlertPage: {
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
            items: components["schemas"]["SpendAlertShape"][];
        };
        /**
         * SpendAlertShape
         * @description An alert. `cap`: with the threshold the account's suspension is asked for, as the event `SuspensionAsked`.
         */
        SpendAlertShape: {
            /** Id */
            id: string;
            /** Account Id */
            account_id: string;
            threshold: components["schemas"]["MoneyBody"];
            /**
             * Scope
             * @constant
             */
            scope: "period";
            /**
             * Action
             * @enum {string}
             */
            action: "notify" | "cap";
            /** Version */
            version: number;
            /**
             * Set At
             * Format: date-time
             */
            set_at: string;
            reached: components["schemas"]["ReachedShape"] | null;
            /** Allowed Actions */
            allowed_actions: components["schemas"]["ActionShape"][];
        };
        /**
         * StepShape
         * @description One term of an amount, before rounding. `tier` counts from "1", or names an adjustment ("included", "minimum").
         *
         *     With `unit_size`, `unit_price` is for each started block of that many units. `label` says what the numbers alone do
         *     not, such as a rate in percent or the rank of a percentile; `count` is a number of records, samples or packages.
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
            /** Label */
            label?: string | null;
            /** Count */
            count?: string | null;
        };
        /**
         * SubscriptionBody
         * @description `start` is the first day of service, `end` the day after the last, both in the account's time zone.
         *
         *     `plan_version` pins a published version. `quantity` multiplies recurring prices. Recurring prices cost nothing
         *     before `trial_until`.
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
            /** Plan Version */
            plan_version?: number | null;
            /**
             * Quantity
             * @default 1
             */
            quantity: number;
            /** Trial Until */
            trial_until?: string | null;
            term?: components["schemas"]["ContractBody"] | null;
            /**
             * Preview
             * @default false
             */
            preview: boolean;
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
         * @description A subscription; plan, quantity and `status` as of today in the account's time zone, before its start as of then.
         *
         *     `trial_until` is the first day that recurring prices cost something. `parent_id`: an add-on of that subscription.
         */
        SubscriptionShape: {
            /** Id */
            id: string;
            /** Account Id */
            account_id: string;
            /** Plan Id */
            plan_id: string;
            /** Plan Version */
            plan_version: number | null;
            /** Quantity */
            quantity: number;
            /**
             * Start
             * Format: date
             */
            start: string;
            /** End */
            end: string | null;
            /**
             * Status
             * @enum {string}
             */
            status: "pending" | "active" | "suspended" | "paused" | "ended";
            /** Trial Until */
            trial_until: string | null;
            /** Parent Id */
            parent_id: string | null;
            /**
             * Started At
             * Format: date-time
             */
            started_at: string;
            /** Timeline */
            timeline: components["schemas"]["services__rating__subscription__shapes__TermShape"][];
            /** Scheduled */
            scheduled: components["schemas"]["ScheduledShape"][];
            /** Version */
            version: number;
            /** Allowed Actions */
            allowed_actions: components["schemas"]["ActionShape"][];
        };
        /**
         * SuspendBody
         * @description `billing`: recurring prices cost nothing, a `fee` for a whole period in their place, or what they always do.
         *
         *     `until` is the first day of service again; without it, until it is resumed. `access` is what the network shall give:
         *     nothing, or little by a bandwidth `profile`.
         */
        SuspendBody: {
            /** Effective On */
            effective_on?: string | null;
            /**
             * Preview
             * @default false
             */
            preview: boolean;
            /**
             * Billing
             * @default free
             * @enum {string}
             */
            billing: "free" | "fee" | "continue";
            /** Fee */
            fee?: string | null;
            /** Until */
            until?: string | null;
            /** Reason */
            reason?: string | null;
            /**
             * Access
             * @default blocked
             * @enum {string}
             */
            access: "blocked" | "throttled";
            /** Profile */
            profile?: string | null;
        };
        /**
         * TableChangeShape
         * @description An entry that an import adds or changes; `before` is null for a new one.
         */
        TableChangeShape: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "added" | "changed" | "unchanged";
            /** Id */
            id: string;
            /** Before */
            before: {
                [key: string]: unknown;
            } | null;
            /** After */
            after: {
                [key: string]: unknown;
            };
        };
        /**
         * TableImportShape
         * @description What an import did, or with `preview` would do: how many entries of each kind, and one page of those that it adds
         *     or changes.
         */
        TableImportShape: {
            /** Preview */
            preview: boolean;
            /** Added */
            added: number;
            /** Changed */
            changed: number;
            /** Unchanged */
            unchanged: number;
            /** Items */
            items: components["schemas"]["TableChangeShape"][];
            /** Total */
            total: number;
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
        /**
         * TaxBuyerBody
         * @description Who buys. A `tax_id` is checked by its digits and makes a business of the buyer.
         *
         *     Where `evidence` of a consumer's country is left out, the country is taken as given.
         */
        TaxBuyerBody: {
            /** Country */
            country?: string | null;
            /** Tax Id */
            tax_id?: string | null;
            /** Evidence */
            evidence?: components["schemas"]["EvidenceBody"][] | null;
        };
        /**
         * TaxExemptionBody
         * @description Without `tax` all taxes of the jurisdiction and of those in it, without `product_tax_class` all products.
         */
        TaxExemptionBody: {
            /** Id */
            id?: string | null;
            /** Account Id */
            account_id: string;
            /** Jurisdiction Id */
            jurisdiction_id: string;
            /** Certificate */
            certificate: string;
            /**
             * Valid From
             * Format: date
             * @example 2026-06-01
             */
            valid_from: string;
            /** Valid To */
            valid_to?: string | null;
            /** Tax */
            tax?: string | null;
            /** Product Tax Class */
            product_tax_class?: string | null;
            /** Reason */
            reason?: string | null;
        };
        /**
         * TaxExemptionEndBody
         * @description The first day on which it frees from nothing.
         */
        TaxExemptionEndBody: {
            /**
             * On
             * Format: date
             * @example 2026-06-01
             */
            on: string;
        };
        /** TaxExemptionPage */
        TaxExemptionPage: {
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
            items: components["schemas"]["TaxExemptionShape"][];
        };
        /**
         * TaxExemptionShape
         * @description A certificate: valid from `valid_from` until before `valid_to`.
         */
        TaxExemptionShape: {
            /** Id */
            id: string;
            /** Account Id */
            account_id: string;
            /** Jurisdiction Id */
            jurisdiction_id: string;
            /** Tax */
            tax: string | null;
            /** Product Tax Class */
            product_tax_class: string | null;
            /** Certificate */
            certificate: string;
            /** Reason */
            reason: string | null;
            /**
             * Valid From
             * Format: date
             */
            valid_from: string;
            /** Valid To */
            valid_to: string | null;
            /**
             * Granted At
             * Format: date-time
             */
            granted_at: string;
            /** Allowed Actions */
            allowed_actions: components["schemas"]["ActionShape"][];
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
        /**
         * TaxJurisdictionBody
         * @description A jurisdiction; the id of a country is its code of ISO 3166-1.
         */
        TaxJurisdictionBody: {
            /**
             * Level
             * @enum {string}
             */
            level: "country" | "state" | "county" | "city" | "district";
            /** Name */
            name: string;
            /** Parent Id */
            parent_id?: string | null;
            /**
             * Codes
             * @default []
             */
            codes: string[];
            /**
             * Postal Codes
             * @default []
             */
            postal_codes: string[];
            /** Round By */
            round_by?: ("group" | "line") | null;
            /** Id */
            id: string;
        };
        /**
         * TaxJurisdictionChange
         * @description An address lies in it where its field of that level is one of `codes`, or its postal code begins with one of
         *     `postal_codes`. `round_by` of none is that of the one it lies in.
         */
        TaxJurisdictionChange: {
            /**
             * Level
             * @enum {string}
             */
            level: "country" | "state" | "county" | "city" | "district";
            /** Name */
            name: string;
            /** Parent Id */
            parent_id?: string | null;
            /**
             * Codes
             * @default []
             */
            codes: string[];
            /**
             * Postal Codes
             * @default []
             */
            postal_codes: string[];
            /** Round By */
            round_by?: ("group" | "line") | null;
        };
        /** TaxJurisdictionPage */
        TaxJurisdictionPage: {
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
            items: components["schemas"]["TaxJurisdictionShape"][];
        };
        /**
         * TaxJurisdictionShape
         * @description Who taxes, and what lies in it.
         */
        TaxJurisdictionShape: {
            /** Id */
            id: string;
            /**
             * Level
             * @enum {string}
             */
            level: "country" | "state" | "county" | "city" | "district";
            /** Name */
            name: string;
            /** Parent Id */
            parent_id: string | null;
            /** Codes */
            codes: string[];
            /** Postal Codes */
            postal_codes: string[];
            /** Round By */
            round_by: string | null;
            /** Version */
            version: number;
            /**
             * Defined At
             * Format: date-time
             */
            defined_at: string;
            /** Allowed Actions */
            allowed_actions: components["schemas"]["ActionShape"][];
        };
        /**
         * TaxProfileBody
         * @description One `rate` in percent for all (`account_rate`), or as rules and tables say (`determined`).
         *
         *     `place`: where the account is supplied; `tax_id`: of a business, checked by its digits; `evidence` of where a
         *     consumer is; `default_tax_class`: of lines that have none.
         */
        TaxProfileBody: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "account_rate" | "determined";
            /** Rate */
            rate?: string | null;
            seller?: components["schemas"]["TaxSellerBody"] | null;
            place?: components["schemas"]["PlaceBody"] | null;
            /** Tax Id */
            tax_id?: string | null;
            /** Evidence */
            evidence?: components["schemas"]["EvidenceBody"][] | null;
            /** Default Tax Class */
            default_tax_class?: string | null;
        };
        /**
         * TaxQuoteAdjustment
         * @description An amount taken off (allowances) or added (charges) on the document, before tax.
         *
         *     It is taxed in its category and rate; without a category it is spread over the lines by their nets.
         */
        TaxQuoteAdjustment: {
            /**
             * Amount
             * Format: decimal
             * @example 12.40
             */
            amount: string;
            /** Category */
            category?: ("S" | "Z" | "E" | "AE" | "K" | "G" | "O" | "L" | "M" | "B") | null;
            /** Rate */
            rate?: string | null;
            /** Reason */
            reason?: string | null;
        };
        /**
         * TaxQuoteBody
         * @description What to tax. `tax_round`: each group once, or each line; without it, as the jurisdictions say.
         *
         *     With `prices_include_tax`, `gross` and `unit_price` hold the tax (R42). `seller`, `buyer` and `ship_to` are those of
         *     lines with a `product_tax_class` that name none; these need a `date`.
         */
        TaxQuoteBody: {
            /**
             * Currency
             * @description ISO 4217
             * @example EUR
             */
            currency: string;
            /** Date */
            date?: string | null;
            /** Tax Round */
            tax_round?: ("group" | "line") | null;
            /**
             * Prices Include Tax
             * @default false
             */
            prices_include_tax: boolean;
            /** Lines */
            lines: components["schemas"]["TaxQuoteLineBody"][];
            /**
             * Allowances
             * @default []
             */
            allowances: components["schemas"]["TaxQuoteAdjustment"][];
            /**
             * Charges
             * @default []
             */
            charges: components["schemas"]["TaxQuoteAdjustment"][];
            /**
             * Prepaid
             * Format: decimal
             * @default 0
             * @example 12.40
             */
            prepaid: string;
            seller?: components["schemas"]["TaxSellerBody"] | null;
            buyer?: components["schemas"]["TaxBuyerBody"] | null;
            ship_to?: components["schemas"]["PlaceBody"] | null;
        };
        /**
         * TaxQuoteGroup
         * @description `rate` in percent; `reason` why there is no tax (BT-120).
         *
         *     Where rules and tables said how to tax: whose tax it is, of which rate, by which rule, of how much of the price.
         */
        TaxQuoteGroup: {
            /** Category */
            category: string;
            /** Rate */
            rate: string;
            /** Base */
            base: string;
            /** Tax */
            tax: string;
            /** Name */
            name: string;
            /** Reason */
            reason?: string | null;
            /** Jurisdiction */
            jurisdiction?: string | null;
            /** Rule */
            rule?: string | null;
            /** Kind */
            kind?: string | null;
            /** Rate Id */
            rate_id?: string | null;
            /** Rate Version */
            rate_version?: number | null;
            /** Share */
            share?: string | null;
            /** Tax Round */
            tax_round?: string | null;
        };
        /**
         * TaxQuoteLine
         * @description `net` is rounded to the currency, `allowance` the part of what the document takes off that the line bears.
         *
         *     `charge` is likewise of what it adds. `tax` is the line's part in the tax of its groups.
         */
        TaxQuoteLine: {
            /** Id */
            id: string;
            /** Net */
            net: string;
            /** Allowance */
            allowance: string;
            /** Charge */
            charge: string;
            /** Tax */
            tax: string;
        };
        /**
         * TaxQuoteLineBody
         * @description One line. `unit_price` is for `base_quantity` (1), with as many decimals as needed (R40), never below zero.
         *
         *     `reason`: why it is not taxed (BT-120). In place of category and rate a `product_tax_class` has rules and tables say
         *     how it is taxed, for the parties that it names or else those of the whole quote.
         */
        TaxQuoteLineBody: {
            /** Id */
            id?: string | null;
            /** Net */
            net?: string | null;
            /** Gross */
            gross?: string | null;
            /** Quantity */
            quantity?: string | null;
            /** Unit Price */
            unit_price?: string | null;
            /** Base Quantity */
            base_quantity?: string | null;
            /** Category */
            category?: ("S" | "Z" | "E" | "AE" | "K" | "G" | "O" | "L" | "M" | "B") | null;
            /** Rate */
            rate?: string | null;
            /** Reason */
            reason?: string | null;
            /** Product Tax Class */
            product_tax_class?: string | null;
            seller?: components["schemas"]["TaxSellerBody"] | null;
            buyer?: components["schemas"]["TaxBuyerBody"] | null;
            ship_to?: components["schemas"]["PlaceBody"] | null;
        };
        /**
         * TaxQuoteShape
         * @description `net` is after allowances and charges, `total` with tax, `payable` less what is prepaid.
         */
        TaxQuoteShape: {
            /** Currency */
            currency: string;
            /** Lines */
            lines: components["schemas"]["TaxQuoteLine"][];
            /** Groups */
            groups: components["schemas"]["TaxQuoteGroup"][];
            /** Net */
            net: string;
            /** Allowances */
            allowances: string;
            /** Charges */
            charges: string;
            /** Tax */
            tax: string;
            /** Total */
            total: string;
            /** Prepaid */
            prepaid: string;
            /** Payable */
            payable: string;
        };
        /**
         * TaxRateBody
         * @description A rate.
         */
        TaxRateBody: {
            /** Jurisdiction Id */
            jurisdiction_id: string;
            /** Tax */
            tax: string;
            /**
             * Rate
             * Format: decimal
             * @example 12.40
             */
            rate: string;
            /**
             * Effective From
             * Format: date
             * @example 2026-06-01
             */
            effective_from: string;
            /** Effective To */
            effective_to?: string | null;
            /**
             * Product Tax Class
             * @default *
             */
            product_tax_class: string;
            /**
             * Kind
             * @default percent
             * @enum {string}
             */
            kind: "percent" | "tax_on_tax" | "surcharge";
            /**
             * Category
             * @default S
             * @enum {string}
             */
            category: "S" | "Z" | "E" | "AE" | "K" | "G" | "O" | "L" | "M" | "B";
            /**
             * Share
             * Format: decimal
             * @default 100
             * @example 12.40
             */
            share: string;
            /**
             * Includes
             * @default []
             */
            includes: string[];
            /**
             * Replaces
             * @default []
             */
            replaces: string[];
            /**
             * Where
             * @default any
             * @enum {string}
             */
            where: "any" | "intra_state" | "inter_state";
            /** Reason */
            reason?: string | null;
            /** Id */
            id?: string | null;
        };
        /**
         * TaxRateChange
         * @description What a jurisdiction takes, `rate` in percent of the net price; of how much of it says `share`. A tax on tax
         *     `includes` the tax of other rates in its base; where a rate is taken that `replaces` others, those are not.
         */
        TaxRateChange: {
            /** Jurisdiction Id */
            jurisdiction_id: string;
            /** Tax */
            tax: string;
            /**
             * Rate
             * Format: decimal
             * @example 12.40
             */
            rate: string;
            /**
             * Effective From
             * Format: date
             * @example 2026-06-01
             */
            effective_from: string;
            /** Effective To */
            effective_to?: string | null;
            /**
             * Product Tax Class
             * @default *
             */
            product_tax_class: string;
            /**
             * Kind
             * @default percent
             * @enum {string}
             */
            kind: "percent" | "tax_on_tax" | "surcharge";
            /**
             * Category
             * @default S
             * @enum {string}
             */
            category: "S" | "Z" | "E" | "AE" | "K" | "G" | "O" | "L" | "M" | "B";
            /**
             * Share
             * Format: decimal
             * @default 100
             * @example 12.40
             */
            share: string;
            /**
             * Includes
             * @default []
             */
            includes: string[];
            /**
             * Replaces
             * @default []
             */
            replaces: string[];
            /**
             * Where
             * @default any
             * @enum {string}
             */
            where: "any" | "intra_state" | "inter_state";
            /** Reason */
            reason?: string | null;
        };
        /** TaxRatePage */
        TaxRatePage: {
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
            items: components["schemas"]["TaxRateShape"][];
        };
        /**
         * TaxRateShape
         * @description A rate, in force from `effective_from` until before `effective_to`.
         */
        TaxRateShape: {
            /** Id */
            id: string;
            /** Jurisdiction Id */
            jurisdiction_id: string;
            /** Tax */
            tax: string;
            /** Product Tax Class */
            product_tax_class: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "percent" | "tax_on_tax" | "surcharge";
            /** Rate */
            rate: string;
            /** Category */
            category: string;
            /**
             * Effective From
             * Format: date
             */
            effective_from: string;
            /** Effective To */
            effective_to: string | null;
            /** Share */
            share: string;
            /** Includes */
            includes: string[];
            /** Replaces */
            replaces: string[];
            /**
             * Where
             * @enum {string}
             */
            where: "any" | "intra_state" | "inter_state";
            /** Reason */
            reason: string | null;
            /** Version */
            version: number;
            /**
             * Defined At
             * Format: date-time
             */
            defined_at: string;
            /** Allowed Actions */
            allowed_actions: components["schemas"]["ActionShape"][];
        };
        /**
         * TaxSellerBody
         * @description Who sells. Without `country` it is that of `tax_id`; `place` is the tax jurisdiction of its seat.
         *
         *     `consumer_country` false: below EUR 10,000 a year telecom services to consumers abroad may be taxed at home;
         *     `evidence_needed` 1: below EUR 100,000; `registrations`: other countries where it is registered for tax.
         */
        TaxSellerBody: {
            /** Country */
            country?: string | null;
            /** Tax Id */
            tax_id?: string | null;
            /** Place */
            place?: string | null;
            /**
             * Consumer Country
             * @default true
             */
            consumer_country: boolean;
            /**
             * Evidence Needed
             * @default 2
             */
            evidence_needed: number;
            /**
             * Registrations
             * @default []
             */
            registrations: string[];
        };
        /**
         * TermBody
         * @description How long a subscription binds that names no term of its own; amounts in the plan's currency.
         */
        TermBody: {
            /** Months */
            months: number;
            /**
             * Notice Days
             * @default 30
             */
            notice_days: number;
            early_termination?: components["schemas"]["services__rating__plan__bodies__EarlyTerminationBody"] | null;
        };
        /**
         * TerminateBody
         * @description `waive_fee`: why the fee for leaving before the end of the contract is not charged.
         */
        TerminateBody: {
            /** Effective On */
            effective_on?: string | null;
            /**
             * Preview
             * @default false
             */
            preview: boolean;
            /** Reason */
            reason?: string | null;
            /** Waive Fee */
            waive_fee?: string | null;
        };
        /**
         * TimeWeightedPrice
         * @description `unit_price` for each unit of the average level of the period.
         */
        TimeWeightedPrice: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            model: "time_weighted";
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
            /** Tax Class */
            tax_class?: string | null;
            /**
             * Unit Price
             * Format: decimal
             * @example 12.40
             */
            unit_price: string;
        };
        /** Timeline */
        Timeline: {
            /** Items */
            items: components["schemas"]["Event"][];
        };
        /**
         * TopUpBody
         * @description More of an allowance of the plan, or of a meter, from the open period on.
         *
         *     It is there before the day `expires_on`, or until it is used up. With `price`, before tax, it is charged once,
         *     with the period of today.
         */
        TopUpBody: {
            /** Id */
            id?: string | null;
            /** Allowance */
            allowance?: string | null;
            /** Meter */
            meter?: string | null;
            /**
             * Quantity
             * Format: decimal
             * @example 12.40
             */
            quantity: string;
            /** Expires On */
            expires_on?: string | null;
            /** Priority */
            priority?: number | null;
            price?: components["schemas"]["MoneyBody"] | null;
        };
        /** TopUpPage */
        TopUpPage: {
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
            items: components["schemas"]["TopUpShape"][];
        };
        /**
         * TopUpShape
         * @description A top-up. `remaining` is what the last close left of it, `unused` what was taken back when it was cancelled.
         *
         *     `charge_id` is what it cost, `credit_id` what gave `credited` of that back; `null` where its charge was not billed
         *     and is cancelled too.
         */
        TopUpShape: {
            /** Id */
            id: string;
            /** Subscription Id */
            subscription_id: string;
            /** Account Id */
            account_id: string;
            /** Meter */
            meter: string;
            /** Quantity */
            quantity: string;
            /** Remaining */
            remaining: string;
            /** Expires On */
            expires_on: string | null;
            price: components["schemas"]["MoneyBody"] | null;
            /** Charge Id */
            charge_id: string | null;
            /**
             * Status
             * @enum {string}
             */
            status: "active" | "used_up" | "expired" | "cancelled";
            /**
             * Added At
             * Format: date-time
             */
            added_at: string;
            /** Cancelled At */
            cancelled_at: string | null;
            /** Reason */
            reason: string | null;
            /** Unused */
            unused: string | null;
            credited: components["schemas"]["MoneyBody"] | null;
            /** Credit Id */
            credit_id: string | null;
            /** Version */
            version: number;
            /** Allowed Actions */
            allowed_actions: components["schemas"]["ActionShape"][];
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
         * TotalShape
         * @description Over all periods that could be compared.
         */
        TotalShape: {
            /** Currency */
            currency: string;
            /** Charged */
            charged: string;
            /** Candidate */
            candidate: string;
            /** Difference */
            difference: string;
        };
        /**
         * TrialBody
         * @description A rule and the days to try it on, at most 366.
         */
        TrialBody: {
            /** Allowances */
            allowances: components["schemas"]["AllowanceBody"][];
            period: components["schemas"]["PeriodBody"];
        };
        /**
         * TrialShape
         * @description What the rule would have made of the usage of those days, alone: nothing carried, nothing bought.
         */
        TrialShape: {
            /** Subscription Id */
            subscription_id: string;
            period: components["schemas"]["PeriodBody"];
            /** Allowances */
            allowances: components["schemas"]["TriedAllowanceShape"][];
            /** Throttled */
            throttled: components["schemas"]["TriedStepShape"][];
            /** Meters */
            meters: components["schemas"]["MeterUseShape"][];
        };
        /** TriedAllowanceShape */
        TriedAllowanceShape: {
            /** Id */
            id: string;
            /** Meter */
            meter: string;
            /** Granted */
            granted: string;
            /** Used */
            used: string;
            /** Left */
            left: string;
            /** Rolls Over */
            rolls_over: string;
        };
        /**
         * TriedStepShape
         * @description `on` is the day on which the step would have been reached, `null` if never.
         */
        TriedStepShape: {
            /** Allowance */
            allowance: string;
            /** At */
            at: string;
            /** Profile */
            profile: string;
            /** On */
            on: string | null;
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
         *
         *     `commitment` is the sum of the `commitments`, each counted up to what is committed; `null` without any.
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
            commitment: components["schemas"]["ProgressShape"] | null;
            /** Commitments */
            commitments: components["schemas"]["CommitmentShape"][];
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
        };
        /**
         * UnitTier
         * @description Units above the bound before and up to `up_to` (included); `None`, the last tier's, is without end.
         *
         *     With `unit_size`, `unit_price` is for each started block of that many units.
         */
        UnitTier: {
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
        /** UsageHolderShape */
        UsageHolderShape: {
            /** Account Id */
            account_id: string;
            /** Subscription Id */
            subscription_id: string;
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
         *     Of a retracted one `charges` has the charge that it was in and the one that credits it, if it was charged.
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
            session: components["schemas"]["UsageSessionReport"] | null;
            /** Charges */
            charges: components["schemas"]["UsageCharge"][];
            /** Lines */
            lines: components["schemas"]["UsageLine"][];
            /** Copies */
            copies: components["schemas"]["UsageRecord"][];
            retraction: components["schemas"]["UsageRetraction"] | null;
            /** Allowed Actions */
            allowed_actions: components["schemas"]["ActionShape"][];
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
         * UsageRetraction
         * @description That the record was retracted: `status` retracting until rating's sums are without it, then retracted; restoring,
         *     restored; refused with a `refusal`. `replaced_by` is the record that a correction counts in its place.
         */
        UsageRetraction: {
            /** Id */
            id: string;
            /** Reason */
            reason: string;
            /** Note */
            note: string | null;
            /** Actor */
            actor: string | null;
            /** Status */
            status: string;
            /** Refusal */
            refusal: string | null;
            /**
             * Retracted At
             * Format: date-time
             */
            retracted_at: string;
            /** Restored At */
            restored_at: string | null;
            /** Replaced By */
            replaced_by: string | null;
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
        /**
         * UsageSession
         * @description `state`: `open`; `closed` by its Stop or by its NAS; `estimated`, closed for it was silent (R29).
         *
         *     `quantities` is what it came to, by meter: `up` and `down` together, which are empty where its reports tell no
         *     directions apart. `session_id` is without the direction that theirs end in. `last_at` is its latest report in the
         *     world, `heard_at` when that came, `expires_at` when it is closed unless it is heard of before. `reports` counts its
         *     records.
         */
        UsageSession: {
            /** Session Id */
            session_id: string;
            /** Source */
            source: string;
            /** Resource */
            resource: string;
            /** Account Id */
            account_id: string | null;
            /** Subscription Id */
            subscription_id: string | null;
            /**
             * State
             * @enum {string}
             */
            state: "open" | "closed" | "estimated";
            /** Closed By */
            closed_by: string | null;
            /**
             * Started At
             * Format: date-time
             */
            started_at: string;
            /**
             * Last At
             * Format: date-time
             */
            last_at: string;
            /**
             * Heard At
             * Format: date-time
             */
            heard_at: string;
            /** Expires At */
            expires_at: string | null;
            /** Reports */
            reports: number;
            /** Quantities */
            quantities: {
                [key: string]: string;
            };
            /** Up */
            up: {
                [key: string]: string;
            };
            /** Down */
            down: {
                [key: string]: string;
            };
        };
        /**
         * UsageSessionReport
         * @description What the record reported of its session: a cumulative `reading` at `read_at`, of which it counts the difference.
         *
         *     `total` is what the session had come to of this meter with it, `began_at` when it began as far as was known,
         *     `closed_by` what had closed it. `GET /v1/usage/sessions?session_id=` has the session as it is now.
         */
        UsageSessionReport: {
            /** Session Id */
            session_id: string;
            /** Status */
            status: string;
            /** Reading */
            reading: string;
            /** Total */
            total: string;
            /**
             * Read At
             * Format: date-time
             */
            read_at: string;
            /**
             * Began At
             * Format: date-time
             */
            began_at: string;
            /** Closed By */
            closed_by: string | null;
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
            /** Items */
            items: components["schemas"]["UserShape"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * UserShape
         * @description `pinned`: it keeps the version whatever is published; `since` is the first day of its terms.
         */
        UserShape: {
            /** Subscription Id */
            subscription_id: string;
            /** Account Id */
            account_id: string;
            /** Pinned */
            pinned: boolean;
            /**
             * Since
             * Format: date
             */
            since: string;
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
         * @description The next version of a plan, a draft. What it does not name is as in the version before; its currency stays.
         */
        VersionBody: {
            /** Code */
            code?: string | null;
            /** Description */
            description?: string | null;
            /** Service Id */
            service_id?: string | null;
            /** Bandwidth Profile Id */
            bandwidth_profile_id?: string | null;
            /**
             * Add On
             * @default false
             */
            add_on: boolean;
            term?: components["schemas"]["TermBody"] | null;
            /**
             * Allowances
             * @default []
             */
            allowances: components["schemas"]["AllowanceBody"][];
            /** Name */
            name?: string | null;
            /** Currency */
            currency?: string | null;
            /** Prices */
            prices: components["schemas"]["Price"][];
        };
        /**
         * VersionShape
         * @description A version; `revision` counts the states of its draft and is what `If-Match` of `PUT` takes.
         *
         *     `price_summary` says each price in a sentence; `tax_class` is the service's when the version was published.
         */
        VersionShape: {
            /** Version */
            version: number;
            /**
             * Status
             * @enum {string}
             */
            status: "draft" | "scheduled" | "in_force" | "superseded" | "retired";
            /** Revision */
            revision: number;
            /** Name */
            name: string;
            /** Code */
            code: string;
            /**
             * Type
             * @enum {string}
             */
            type: "recurring" | "usage" | "hybrid" | "one_off";
            /** Description */
            description: string | null;
            /** Service Id */
            service_id: string | null;
            /** Bandwidth Profile Id */
            bandwidth_profile_id: string | null;
            /** Add On */
            add_on: boolean;
            term: components["schemas"]["services__rating__plan__shapes__TermShape"] | null;
            /** Allowances */
            allowances: components["schemas"]["AllowanceShape"][];
            /** Tax Class */
            tax_class: string | null;
            /** Cloned From */
            cloned_from: string | null;
            /**
             * Drafted At
             * Format: date-time
             */
            drafted_at: string;
            /** Effective From */
            effective_from: string | null;
            /** Published At */
            published_at: string | null;
            /** Retired On */
            retired_on: string | null;
            /** Prices */
            prices: components["schemas"]["Price"][];
            /** Price Summary */
            price_summary: string[];
            /** Allowed Actions */
            allowed_actions: components["schemas"]["ActionShape"][];
        };
        /**
         * VoidBody
         * @description Why an invoice should never have been issued, as a code, and in words for those who come later.
         */
        VoidBody: {
            /**
             * Reason
             * @enum {string}
             */
            reason: "duplicate" | "wrong_account" | "billing_error" | "test" | "other";
            /**
             * Note
             * @default
             */
            note: string;
        };
        /**
         * VolumePrice
         * @description `tiers` in rising order; the last one has `up_to: null`. The one that the quantity reaches prices all of it.
         */
        VolumePrice: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            model: "volume";
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
            /** Tax Class */
            tax_class?: string | null;
            /** Tiers */
            tiers: components["schemas"]["UnitTier"][];
        };
        /**
         * WaitingShape
         * @description Accounts that wait for the same; the first of them can close at `next_at` (`null` where none has a period).
         */
        WaitingShape: {
            /**
             * Reason
             * @enum {string}
             */
            reason: "usage_parked" | "waiting_for_usage" | "closing" | "collecting" | "period_open" | "nothing_subscribed";
            /** Accounts */
            accounts: number;
            /** Detail */
            detail: string;
            /** Next At */
            next_at: string | null;
            /** Examples */
            examples: string[];
        };
        /**
         * Warned
         * @description How many invoices are unusual in one way, and the first accounts of them.
         *
         *     `reason` says what is missing, with the code by which issuing one of them is refused; `null` for other warnings.
         */
        Warned: {
            /**
             * Code
             * @enum {string}
             */
            code: "zero_invoice" | "no_usage" | "three_times_last" | "missing_tax_data";
            /** Reason */
            reason: string | null;
            /** Invoices */
            invoices: number;
            /** Accounts */
            accounts: string[];
        };
        /**
         * WarningShape
         * @description Something that is probably not meant, and forbids nothing.
         */
        WarningShape: {
            /** Pointer */
            pointer: string;
            /** Code */
            code: string;
            /** Detail */
            detail: string;
        };
        /**
         * WebhookBody
         * @description Where a signed POST goes to; the secret (`whsec_…`) signs it.
         */
        WebhookBody: {
            /** Url */
            url: string;
            /** Secret */
            secret?: string | null;
        };
        /**
         * WebhookShape
         * @description `gone`: it has answered 410, and is not called until it is set anew.
         */
        WebhookShape: {
            /** Url */
            url: string;
            /** Gone */
            gone: boolean;
        };
        /**
         * WhatIfBody
         * @description Which plan, priced how, over which closed periods: those that lie in [`from`, `to`).
         *
         *     The candidate is a `version` of the plan, a draft too, or `prices`. `limit`: how many winners and losers are shown.
         */
        WhatIfBody: {
            /** Plan Id */
            plan_id: string;
            /** Version */
            version?: number | null;
            /** Prices */
            prices?: components["schemas"]["Price"][] | null;
            /** Currency */
            currency?: string | null;
            /**
             * From
             * Format: date
             * @example 2026-06-01
             */
            from: string;
            /**
             * To
             * Format: date
             * @example 2026-06-01
             */
            to: string;
            /** Account Ids */
            account_ids?: string[] | null;
            /**
             * Limit
             * @default 50
             */
            limit: number;
        };
        /** WhatIfPage */
        WhatIfPage: {
            /** Items */
            items: components["schemas"]["CustomerShape"][];
            /** Next Cursor */
            next_cursor: string | null;
        };
        /**
         * WhatIfPageBody
         * @description The same, of all customers in order: `limit` subscriptions behind the `cursor` of the answer before.
         */
        WhatIfPageBody: {
            /** Plan Id */
            plan_id: string;
            /** Version */
            version?: number | null;
            /** Prices */
            prices?: components["schemas"]["Price"][] | null;
            /** Currency */
            currency?: string | null;
            /**
             * From
             * Format: date
             * @example 2026-06-01
             */
            from: string;
            /**
             * To
             * Format: date
             * @example 2026-06-01
             */
            to: string;
            /** Account Ids */
            account_ids?: string[] | null;
            /**
             * Limit
             * @default 50
             */
            limit: number;
            /** Cursor */
            cursor?: string | null;
        };
        /**
         * WhatIfShape
         * @description A candidate beside what was charged; `version` is `null` where prices were given.
         */
        WhatIfShape: {
            /** Plan Id */
            plan_id: string;
            /** Version */
            version: number | null;
            period: components["schemas"]["PeriodBody"];
            /** Totals */
            totals: components["schemas"]["TotalShape"][];
            periods: components["schemas"]["CountsShape"];
            accounts: components["schemas"]["CountsShape"];
            counted: components["schemas"]["CountedShape"];
            /** Bands */
            bands: components["schemas"]["BandShape"][];
            /** Winners */
            winners: components["schemas"]["ComparedShape"][];
            /** Losers */
            losers: components["schemas"]["ComparedShape"][];
            not_computable: components["schemas"]["NotComputableShape"];
            /**
             * As Of
             * Format: date-time
             */
            as_of: string;
        };
        /**
         * services__rating__plan__bodies__EarlyTerminationBody
         * @description What leaving before the end costs: a percentage of the recurring prices that are left, or an amount.
         */
        services__rating__plan__bodies__EarlyTerminationBody: {
            /** Percent */
            percent?: string | null;
            /** Amount */
            amount?: string | null;
        };
        /**
         * services__rating__plan__shapes__TermShape
         * @description How long a subscription binds that names no term; `early_termination` is what leaving before costs.
         */
        services__rating__plan__shapes__TermShape: {
            /** Months */
            months: number;
            /** Notice Days */
            notice_days: number;
            early_termination: components["schemas"]["FeeShape"] | null;
        };
        /**
         * services__rating__subscription__api__EarlyTerminationBody
         * @description What leaving before the end costs: `percent` of the recurring prices to the end ("50"), or an `amount`.
         */
        services__rating__subscription__api__EarlyTerminationBody: {
            /** Percent */
            percent?: string | null;
            /** Amount */
            amount?: string | null;
        };
        /**
         * services__rating__subscription__shapes__TermShape
         * @description What holds from `start` to `end` (exclusive; `null`: it goes on).
         *
         *     `plan_version` `null` follows the plan's published versions. `billing`: recurring prices, none in a trial or while
         *     service rests for free, or `fee` for a whole period.
         */
        services__rating__subscription__shapes__TermShape: {
            /**
             * Start
             * Format: date
             */
            start: string;
            /** End */
            end: string | null;
            /** Plan Id */
            plan_id: string;
            /** Plan Version */
            plan_version: number | null;
            /** Quantity */
            quantity: number;
            /**
             * Status
             * @enum {string}
             */
            status: "active" | "suspended" | "paused";
            /**
             * Billing
             * @enum {string}
             */
            billing: "normal" | "trial" | "free" | "fee";
            /** Fee */
            fee: string | null;
        };
        /**
         * services__usage__quarantine__actions__DiscardBody
         * @description `reason` is kept with each record.
         */
        services__usage__quarantine__actions__DiscardBody: {
            /** Records */
            records?: string[] | null;
            filter?: components["schemas"]["ParkedFilter"] | null;
            /** Reason */
            reason: string;
        };
        /** shared__http__dead_letters__DiscardBody */
        shared__http__dead_letters__DiscardBody: {
            /** Reason */
            reason: string;
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
                status?: ("active" | "on_hold" | "closed")[];
                cycle_id?: string[];
                parent_id?: string[];
                billed_by?: string[];
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
    rating_change_account: {
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
                account_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountPatch"];
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
    invoicing_bill_profile: {
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
                    "application/json": components["schemas"]["BillProfileShape"];
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
    invoicing_change_bill_profile: {
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
                account_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BillProfileChange"];
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
                    "application/json": components["schemas"]["BillProfileShape"];
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
    rating_close_account: {
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
                account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
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
    rating_change_account_cycle: {
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
                account_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CycleChangeBody"];
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
                    "application/json": components["schemas"]["CycleChangeShape"];
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
    rating_hold_account: {
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
                account_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HoldBody"];
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
    rating_release_account: {
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
                account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
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
    rating_reopen_account: {
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
                account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
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
    invoicing_automatic_runs: {
        parameters: {
            query?: {
                cycle_id?: string[];
                limit?: number;
                cursor?: string;
                page?: number;
                size?: number;
                sort?: "cycle_id" | "-cycle_id" | "due_at" | "-due_at";
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
                    "application/json": components["schemas"]["AutomaticRunsPage"];
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
    invoicing_automatic_runs_of_cycle: {
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
                    "application/json": components["schemas"]["AutomaticRunsShape"];
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
    invoicing_set_automatic_runs: {
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
                cycle_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AutomaticRunsBody"];
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
                    "application/json": components["schemas"]["AutomaticRunsShape"];
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
    invoicing_stop_automatic_runs: {
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
                cycle_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
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
            /** @description Successful Response */
            204: {
                headers: {
                    /** @description Where the write stands in the log; a read that carries it sees it. */
                    Position?: string;
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
    rating_profiles: {
        parameters: {
            query?: {
                id?: string[];
                q?: string;
                limit?: number;
                cursor?: string;
                page?: number;
                size?: number;
                sort?: "id" | "-id" | "name" | "-name" | "down_kbps" | "-down_kbps" | "up_kbps" | "-up_kbps" | "defined_at" | "-defined_at";
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
                    "application/json": components["schemas"]["ProfilePage"];
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
    rating_define_profile: {
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
                "application/json": components["schemas"]["ProfileBody"];
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
                    "application/json": components["schemas"]["ProfileShape"];
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
    rating_profile: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                profile_id: string;
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
                    "application/json": components["schemas"]["ProfileShape"];
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
    rating_change_profile: {
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
                profile_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProfileChange"];
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
                    "application/json": components["schemas"]["ProfileShape"];
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
    rating_delete_profile: {
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
                profile_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
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
            /** @description Successful Response */
            204: {
                headers: {
                    /** @description Where the write stands in the log; a read that carries it sees it. */
                    Position?: string;
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
    rating_change_billing_cycle: {
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
                cycle_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CycleFields"];
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
    rating_delete_cycle: {
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
                cycle_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
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
            /** @description Successful Response */
            204: {
                headers: {
                    /** @description Where the write stands in the log; a read that carries it sees it. */
                    Position?: string;
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
    rating_closing: {
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
                    "application/json": components["schemas"]["ClosingShape"];
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
                /** @description a day of the first period (of an anniversary cycle its first day); today if absent */
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
                status?: ("running" | "completed" | "previewed" | "cancelled")[];
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
    invoicing_cancel_billing_run: {
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
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
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
    invoicing_confirm_billing_run: {
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
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
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
    invoicing_billing_run_preview: {
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
                    "application/json": components["schemas"]["PreviewShape"];
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
                outcome?: ("invoiced" | "not_closed" | "on_hold" | "deferred" | "failed")[];
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
    invoicing_retry_failed: {
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
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
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
    rating_charges: {
        parameters: {
            query?: {
                id?: string[];
                account_id?: string[];
                subscription_id?: string[];
                plan_id?: string[];
                kind?: ("recurring" | "usage" | "true_up" | "one_time" | "rerating" | "outage" | "credit")[];
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
    rating_add_charge: {
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
                "application/json": components["schemas"]["OneTimeChargeBody"];
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
                    "application/json": components["schemas"]["OneTimeChargeShape"];
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
    invoicing_credit_notes: {
        parameters: {
            query?: {
                account_id?: string[];
                invoice_id?: string[];
                number?: string[];
                status?: ("locked" | "issued")[];
                reason?: ("billing_error" | "price_correction" | "service_outage" | "goodwill" | "cancellation" | "duplicate" | "wrong_details" | "other")[];
                currency?: string[];
                from?: string;
                to?: string;
                limit?: number;
                cursor?: string;
                page?: number;
                size?: number;
                sort?: "issued_on" | "-issued_on" | "number" | "-number" | "total" | "-total";
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
                    "application/json": components["schemas"]["CreditNotePage"];
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
    invoicing_credit_note: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                credit_note_id: string;
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
                    "application/json": components["schemas"]["CreditNoteDetail"];
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
    invoicing_credit_note_csv: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                credit_note_id: string;
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
    invoicing_credit_note_json: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                credit_note_id: string;
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
                    "application/json": string;
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
    invoicing_credit_note_pdf: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                credit_note_id: string;
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
    invoicing_send_credit_note: {
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
                credit_note_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SendBody"] | null;
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
                    "application/json": components["schemas"]["SentShape"];
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
    invoicing_credit_note_xml: {
        parameters: {
            query?: {
                syntax?: "cii" | "ubl";
            };
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                credit_note_id: string;
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
                    "application/xml": string;
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
                parent_id?: string[];
                status?: ("active" | "on_hold" | "closed")[];
                plan_id?: string;
                overdue?: boolean;
                spend_cap_reached?: boolean;
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
                "application/json": components["schemas"]["shared__http__dead_letters__DiscardBody"];
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
    invoicing_deliveries: {
        parameters: {
            query?: {
                id?: string[];
                account_id?: string[];
                document_id?: string[];
                invoice_id?: string;
                number?: string[];
                channel?: ("email" | "webhook" | "print")[];
                status?: ("waiting" | "sending" | "sent" | "bounced" | "failed" | "unknown" | "cancelled")[];
                batch_id?: string[];
                from?: string;
                to?: string;
                limit?: number;
                cursor?: string;
                page?: number;
                size?: number;
                sort?: "asked_at" | "-asked_at" | "sent_at" | "-sent_at" | "status" | "-status" | "number" | "-number" | "id" | "-id";
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
                    "application/json": components["schemas"]["DeliveryPage"];
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
    invoicing_make_print_batch: {
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
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PrintBatchBody"] | null;
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
                    "application/json": components["schemas"]["PrintBatchShape"];
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
    invoicing_print_batch: {
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
                    "application/json": components["schemas"]["PrintBatchShape"];
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
    invoicing_print_batch_zip: {
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
                    "application/zip": string;
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
    invoicing_delivery: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                delivery_id: string;
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
                    "application/json": components["schemas"]["DeliveryDetail"];
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
    invoicing_bounce_delivery: {
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
                delivery_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BounceBody"];
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
                    "application/json": components["schemas"]["DeliveryDetail"];
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
    invoicing_cancel_delivery: {
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
                delivery_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    /** @description Where the write stands in the log; a read that carries it sees it. */
                    Position?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryDetail"];
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
    invoicing_resend_delivery: {
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
                delivery_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ResendBody"] | null;
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
                    "application/json": components["schemas"]["DeliveryDetail"];
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
    rating_holidays: {
        parameters: {
            query?: {
                id?: string[];
                name?: string[];
                limit?: number;
                cursor?: string;
                page?: number;
                size?: number;
                sort?: "id" | "-id" | "name" | "-name" | "changed_at" | "-changed_at";
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
                    "application/json": components["schemas"]["HolidaysPage"];
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
    rating_define_holidays: {
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
                "application/json": components["schemas"]["HolidaysBody"];
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
                    "application/json": components["schemas"]["HolidaysShape"];
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
    rating_holidays_of: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                calendar_id: string;
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
                    "application/json": components["schemas"]["HolidaysShape"];
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
    rating_change_holidays: {
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
                calendar_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HolidaysChange"];
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
                    "application/json": components["schemas"]["HolidaysShape"];
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
    rating_delete_holidays: {
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
                calendar_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
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
            /** @description Successful Response */
            204: {
                headers: {
                    /** @description Where the write stands in the log; a read that carries it sees it. */
                    Position?: string;
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
    reporting_list_invoices: {
        parameters: {
            query?: {
                status?: ("draft" | "locked" | "issued" | "void" | "carried_forward" | "passed_on")[];
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
    invoicing_invoice_account: {
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
                "application/json": components["schemas"]["DemandBody"];
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
                    "application/json": components["schemas"]["DemandShape"];
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
    invoicing_credit_notes_of_invoice: {
        parameters: {
            query?: {
                account_id?: string[];
                invoice_id?: string[];
                number?: string[];
                status?: ("locked" | "issued")[];
                reason?: ("billing_error" | "price_correction" | "service_outage" | "goodwill" | "cancellation" | "duplicate" | "wrong_details" | "other")[];
                currency?: string[];
                from?: string;
                to?: string;
                limit?: number;
                cursor?: string;
                page?: number;
                size?: number;
                sort?: "issued_on" | "-issued_on" | "number" | "-number" | "total" | "-total";
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
                    "application/json": components["schemas"]["CreditNotePage"];
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
    invoicing_credit_invoice: {
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
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreditNoteBody"];
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
                    "application/json": components["schemas"]["CreditNoteDetail"];
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
    invoicing_invoice_csv: {
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
    invoicing_invoice_json: {
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
                    "application/json": string;
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
                account_id?: string[];
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
    invoicing_reissue_invoice: {
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
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReissueBody"];
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
                    "application/json": components["schemas"]["CreditNoteDetail"];
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
    invoicing_send_invoice: {
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
                "application/json": components["schemas"]["SendBody"] | null;
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
                    "application/json": components["schemas"]["SentShape"];
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
    invoicing_invoice_taxes: {
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
                    "application/json": components["schemas"]["InvoiceTaxesShape"];
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
    invoicing_void_invoice: {
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
        requestBody: {
            content: {
                "application/json": components["schemas"]["VoidBody"];
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
    invoicing_invoice_xml: {
        parameters: {
            query?: {
                syntax?: "cii" | "ubl";
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
                    "application/xml": string;
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
    usage_elements: {
        parameters: {
            query?: {
                id?: string[];
                driver?: string[];
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
                    "application/json": components["schemas"]["ElementPage"];
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
    usage_define_element: {
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
                "application/json": components["schemas"]["ElementBody"];
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
                    "application/json": components["schemas"]["ElementShape"];
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
    usage_element: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                element_id: string;
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
                    "application/json": components["schemas"]["ElementShape"];
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
    usage_change_element: {
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
                element_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ElementChange"];
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
                    "application/json": components["schemas"]["ElementShape"];
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
    usage_delete_element: {
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
                element_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
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
            /** @description Successful Response */
            204: {
                headers: {
                    /** @description Where the write stands in the log; a read that carries it sees it. */
                    Position?: string;
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
    usage_reconcile: {
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
                element_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    /** @description Where the write stands in the log; a read that carries it sees it. */
                    Position?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReconciledShape"];
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
    usage_test_element: {
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
                element_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    /** @description Where the write stands in the log; a read that carries it sees it. */
                    Position?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProbeShape"];
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
    usage_intents: {
        parameters: {
            query?: {
                state?: string[];
                element_id?: string[];
                resource_id?: string[];
                desired?: string[];
                limit?: number;
                cursor?: string;
                page?: number;
                size?: number;
                sort?: "wanted_at" | "-wanted_at" | "resource_id" | "-resource_id";
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
                    "application/json": components["schemas"]["IntentPage"];
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
    invoicing_numbering_series: {
        parameters: {
            query?: {
                kind?: string[];
                legal_entity?: string[];
                limit?: number;
                cursor?: string;
                page?: number;
                size?: number;
                sort?: "id" | "-id";
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
                    "application/json": components["schemas"]["SeriesPage"];
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
    invoicing_open_numbering_series: {
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
                "application/json": components["schemas"]["SeriesBody"];
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
                    "application/json": components["schemas"]["SeriesShape"];
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
    invoicing_one_numbering_series: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                series_id: string;
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
                    "application/json": components["schemas"]["SeriesShape"];
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
    rating_one_time_charges: {
        parameters: {
            query?: {
                id?: string[];
                account_id?: string[];
                subscription_id?: string[];
                status?: ("pending" | "billed" | "cancelled")[];
                item?: string[];
                from?: string;
                to?: string;
                limit?: number;
                cursor?: string;
                page?: number;
                size?: number;
                sort?: "on" | "-on" | "added_at" | "-added_at" | "amount" | "-amount";
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
                    "application/json": components["schemas"]["OneTimeChargePage"];
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
    rating_one_time_charge: {
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
                    "application/json": components["schemas"]["OneTimeChargeShape"];
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
    rating_cancel_charge: {
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
                charge_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    /** @description Where the write stands in the log; a read that carries it sees it. */
                    Position?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OneTimeChargeShape"];
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
    rating_outages: {
        parameters: {
            query?: {
                id?: string[];
                status?: ("running" | "previewed" | "completed")[];
                plan_id?: string[];
                limit?: number;
                cursor?: string;
                page?: number;
                size?: number;
                sort?: "recorded_at" | "-recorded_at" | "from" | "-from";
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
                    "application/json": components["schemas"]["OutagePage"];
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
    rating_record_outage: {
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
                "application/json": components["schemas"]["OutageBody"];
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
                    "application/json": components["schemas"]["OutageShape"];
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
    rating_outage: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                outage_id: string;
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
                    "application/json": components["schemas"]["OutageShape"];
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
    rating_confirm_outage: {
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
                outage_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    /** @description Where the write stands in the log; a read that carries it sees it. */
                    Position?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OutageShape"];
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
    rating_outage_results: {
        parameters: {
            query?: {
                outcome?: ("credited" | "not_credited")[];
                account_id?: string[];
                subscription_id?: string[];
                currency?: string[];
                limit?: number;
                cursor?: string;
                page?: number;
                size?: number;
                sort?: "account_id" | "-account_id" | "credit" | "-credit";
            };
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                outage_id: string;
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
                    "application/json": components["schemas"]["CreditedPage"];
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
                q?: string;
                currency?: string[];
                status?: ("draft" | "scheduled" | "in_force" | "retired")[];
                type?: ("recurring" | "usage" | "hybrid" | "one_off")[];
                code?: string[];
                service_id?: string[];
                bandwidth_profile_id?: string[];
                add_on?: boolean;
                meter?: string;
                limit?: number;
                cursor?: string;
                page?: number;
                size?: number;
                sort?: "name" | "-name" | "code" | "-code" | "type" | "-type" | "status" | "-status" | "effective_from" | "-effective_from" | "drafted_at" | "-drafted_at" | "id" | "-id";
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
    rating_clone_plan: {
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
                "application/json": components["schemas"]["CloneBody"];
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
    rating_compare_versions: {
        parameters: {
            query: {
                /** @description a version */
                from: number;
                /** @description the version to compare it with */
                to: number;
                /** @description the plan that `to` is a version of */
                with?: string | null;
            };
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
                    "application/json": components["schemas"]["ComparisonShape"];
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
    rating_migrations: {
        parameters: {
            query?: {
                id?: string[];
                from?: string;
                to?: string;
                limit?: number;
                cursor?: string;
                page?: number;
                size?: number;
                sort?: "on" | "-on" | "scheduled_at" | "-scheduled_at" | "id" | "-id";
            };
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
                    "application/json": components["schemas"]["MigrationPage"];
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
    rating_schedule_migration: {
        parameters: {
            query?: {
                /** @description of a preview */
                limit?: number;
                /** @description of a preview: `next_cursor` of the page before */
                cursor?: string | null;
            };
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
                "application/json": components["schemas"]["MigrationBody"];
            };
        };
        responses: {
            /** @description With `preview`. Nothing is stored. */
            200: {
                headers: {
                    /** @description Where the write stands in the log; a read that carries it sees it. */
                    Position?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MigrationPreview"];
                };
            };
            /** @description Successful Response */
            201: {
                headers: {
                    /** @description Where the write stands in the log; a read that carries it sees it. */
                    Position?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MigrationShape"];
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
    rating_migration: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                plan_id: string;
                migration_id: string;
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
                    "application/json": components["schemas"]["MigrationShape"];
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
    rating_cancel_migration: {
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
                migration_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    /** @description Where the write stands in the log; a read that carries it sees it. */
                    Position?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MigrationShape"];
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
    rating_migration_results: {
        parameters: {
            query?: {
                outcome?: ("moved" | "failed" | "cancelled")[];
                account_id?: string[];
                subscription_id?: string[];
                code?: string[];
                limit?: number;
                cursor?: string;
                page?: number;
                size?: number;
                sort?: "subscription_id" | "-subscription_id";
            };
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                plan_id: string;
                migration_id: string;
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
                    "application/json": components["schemas"]["ResultPage"];
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
    rating_reactivate_plan: {
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
        requestBody?: never;
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
    rating_retire_plan: {
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
                "application/json": components["schemas"]["RetirementBody"];
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
    rating_simulate_plan: {
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
        requestBody: {
            content: {
                "application/json": components["schemas"]["SimulationBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SimulationShape"];
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
    rating_edit_plan_version: {
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
                "application/json": components["schemas"]["DraftBody"];
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
    rating_retire_plan_version: {
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
                "application/json": components["schemas"]["RetirementBody"];
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
    rating_plan_version_users: {
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
    rating_unpublish_plan_version: {
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
        requestBody?: never;
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
    rating_what_if: {
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
                "application/json": components["schemas"]["WhatIfBody"];
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
                    "application/json": components["schemas"]["WhatIfShape"];
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
    rating_what_if_customers: {
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
                "application/json": components["schemas"]["WhatIfPageBody"];
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
                    "application/json": components["schemas"]["WhatIfPage"];
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
    rating_rate_tables: {
        parameters: {
            query?: {
                id?: string[];
                name?: string[];
                currency?: string[];
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
                    "application/json": components["schemas"]["RateTablePage"];
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
    rating_define_rate_table: {
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
                "application/json": components["schemas"]["RateTableBody"];
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
                    "application/json": components["schemas"]["RateTableShape"];
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
    rating_rate_table: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                table_id: string;
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
                    "application/json": components["schemas"]["RateTableShape"];
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
    rating_lookup_rate: {
        parameters: {
            query: {
                destination: string;
                /** @description the day of the call; today if absent */
                on?: string | null;
                /** @description that version, in force or not */
                version?: number | null;
            };
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                table_id: string;
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
                    "application/json": components["schemas"]["LookupShape"];
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
    rating_import_rates: {
        parameters: {
            query?: {
                /** @description publish it at once, from that day on */
                effective_from?: string | null;
                /** @description tell what it would change; nothing is stored */
                preview?: boolean;
                /** @description of a preview: only these changes */
                kind?: ("added" | "removed" | "raised" | "lowered" | "changed") | null;
                limit?: number;
                page?: number;
            };
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
                /** @description 1 to 255 visible ASCII characters; a retry under the same key is done once. */
                "Idempotency-Key"?: string;
                /** @description The `version` that is to be changed, such as "3"; else 412. */
                "If-Match"?: string;
            };
            path: {
                table_id: string;
            };
            cookie?: never;
        };
        /** @description All rates of the version; `Content-Encoding` may be gzip or zstd. text/csv is taken as well. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["RatesBody"];
            };
        };
        responses: {
            /** @description A preview: nothing is stored. */
            200: {
                headers: {
                    /** @description Where the write stands in the log; a read that carries it sees it. */
                    Position?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RateChangesShape"];
                };
            };
            /** @description Successful Response */
            201: {
                headers: {
                    /** @description Where the write stands in the log; a read that carries it sees it. */
                    Position?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RateTableVersionShape"];
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
    rating_rate_table_version: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                table_id: string;
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
                    "application/json": components["schemas"]["RateTableVersionShape"];
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
    rating_rate_changes: {
        parameters: {
            query?: {
                /** @description the version before it, if absent */
                against?: number | null;
                kind?: ("added" | "removed" | "raised" | "lowered" | "changed") | null;
                limit?: number;
                page?: number;
            };
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                table_id: string;
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
                    "application/json": components["schemas"]["RateChangesShape"];
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
    rating_discard_rate_table_version: {
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
                table_id: string;
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    /** @description Where the write stands in the log; a read that carries it sees it. */
                    Position?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RateTableShape"];
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
    rating_publish_rate_table_version: {
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
                table_id: string;
                version: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RatePublicationBody"];
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
                    "application/json": components["schemas"]["RateTableShape"];
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
    rating_rates: {
        parameters: {
            query?: {
                prefix?: string;
                name?: string[];
                limit?: number;
                cursor?: string;
                page?: number;
                size?: number;
                sort?: "prefix" | "-prefix";
            };
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                table_id: string;
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
                    "application/json": components["schemas"]["RatePage"];
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
    rating_reratings: {
        parameters: {
            query?: {
                id?: string[];
                status?: ("running" | "previewed" | "completed")[];
                plan_id?: string[];
                from?: string;
                to?: string;
                limit?: number;
                cursor?: string;
                page?: number;
                size?: number;
                sort?: "started_at" | "-started_at";
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
                    "application/json": components["schemas"]["ReratingPage"];
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
    rating_start_rerating: {
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
                "application/json": components["schemas"]["ReratingBody"];
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
                    "application/json": components["schemas"]["ReratingShape"];
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
    rating_rerating: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                rerating_id: string;
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
                    "application/json": components["schemas"]["ReratingShape"];
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
    rating_confirm_rerating: {
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
                rerating_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    /** @description Where the write stands in the log; a read that carries it sees it. */
                    Position?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReratingShape"];
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
    rating_rerating_results: {
        parameters: {
            query?: {
                outcome?: ("corrected" | "not_computable")[];
                account_id?: string[];
                subscription_id?: string[];
                currency?: string[];
                limit?: number;
                cursor?: string;
                page?: number;
                size?: number;
                sort?: "account_id" | "-account_id" | "difference" | "-difference";
            };
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                rerating_id: string;
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
                    "application/json": components["schemas"]["ReratedPage"];
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
    reporting_history: {
        parameters: {
            query?: {
                resource?: string;
                account_id?: string[];
                subscription_id?: string[];
                from?: string;
                to?: string;
                limit?: number;
                cursor?: string;
                page?: number;
                size?: number;
                sort?: "from" | "-from" | "recorded_at" | "-recorded_at";
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
                    "application/json": components["schemas"]["HeldPage"];
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
    reporting_holder: {
        parameters: {
            query: {
                resource: string;
                at?: string | null;
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
                    "application/json": components["schemas"]["HolderShape"];
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
    usage_access: {
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
                    "application/json": components["schemas"]["AccessShape"];
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
    usage_repeat_access: {
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
                "application/json": components["schemas"]["RepeatBody"];
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
                    "application/json": components["schemas"]["AccessShape"];
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
    usage_assign_element: {
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
                "application/json": components["schemas"]["ElementOfLineBody"];
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
                    "application/json": components["schemas"]["ElementOfLineShape"];
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
    usage_reassign_resource: {
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
                "application/json": components["schemas"]["ReassignmentBody"];
            };
        };
        responses: {
            /** @description With `preview`. Nothing is done. */
            200: {
                headers: {
                    /** @description Where the write stands in the log; a read that carries it sees it. */
                    Position?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReassignmentShape"];
                };
            };
            /** @description Successful Response */
            201: {
                headers: {
                    /** @description Where the write stands in the log; a read that carries it sees it. */
                    Position?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReassignmentShape"];
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
    rating_services: {
        parameters: {
            query?: {
                id?: string[];
                q?: string;
                code?: string[];
                kind?: ("internet" | "voice" | "tv" | "iptv" | "equipment" | "hosting" | "other")[];
                tax_class?: string[];
                meter?: string;
                limit?: number;
                cursor?: string;
                page?: number;
                size?: number;
                sort?: "id" | "-id" | "name" | "-name" | "code" | "-code" | "kind" | "-kind" | "defined_at" | "-defined_at";
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
                    "application/json": components["schemas"]["ServicePage"];
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
    rating_define_service: {
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
                "application/json": components["schemas"]["ServiceBody"];
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
                    "application/json": components["schemas"]["ServiceShape"];
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
    rating_service: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                service_id: string;
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
                    "application/json": components["schemas"]["ServiceShape"];
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
    rating_change_service: {
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
                service_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ServiceChange"];
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
                    "application/json": components["schemas"]["ServiceShape"];
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
    rating_delete_service: {
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
                service_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
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
            /** @description Successful Response */
            204: {
                headers: {
                    /** @description Where the write stands in the log; a read that carries it sees it. */
                    Position?: string;
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
    usage_sources: {
        parameters: {
            query?: {
                id?: string[];
                defined?: boolean;
                silent?: boolean;
                q?: string;
                limit?: number;
                cursor?: string;
                page?: number;
                size?: number;
                sort?: "id" | "-id" | "defined_at" | "-defined_at" | "first_seen" | "-first_seen" | "last_seen" | "-last_seen";
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
                    "application/json": components["schemas"]["SourcePage"];
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
    usage_define_source: {
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
                "application/json": components["schemas"]["SourceBody"];
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
                    "application/json": components["schemas"]["SourceShape"];
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
    usage_source: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                source_id: string;
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
                    "application/json": components["schemas"]["SourceShape"];
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
    usage_change_source: {
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
                source_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SourceChange"];
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
                    "application/json": components["schemas"]["SourceShape"];
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
    usage_delete_source: {
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
                source_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
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
            /** @description Successful Response */
            204: {
                headers: {
                    /** @description Where the write stands in the log; a read that carries it sees it. */
                    Position?: string;
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
    rating_spend_alerts: {
        parameters: {
            query?: {
                id?: string[];
                account_id?: string[];
                action?: ("notify" | "cap")[];
                reached?: boolean;
                limit?: number;
                cursor?: string;
                page?: number;
                size?: number;
                sort?: "id" | "-id" | "set_at" | "-set_at" | "reached_at" | "-reached_at" | "threshold" | "-threshold";
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
                    "application/json": components["schemas"]["SpendAlertPage"];
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
    rating_set_spend_alert: {
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
                "application/json": components["schemas"]["SpendAlertBody"];
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
                    "application/json": components["schemas"]["SpendAlertShape"];
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
    rating_spend_alert: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                alert_id: string;
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
                    "application/json": components["schemas"]["SpendAlertShape"];
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
    rating_remove_spend_alert: {
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
                alert_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
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
            /** @description Successful Response */
            204: {
                headers: {
                    /** @description Where the write stands in the log; a read that carries it sees it. */
                    Position?: string;
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
    rating_change_spend_alert: {
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
                alert_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SpendAlertChange"];
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
                    "application/json": components["schemas"]["SpendAlertShape"];
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
                parent_id?: string[];
                status?: ("pending" | "active" | "suspended" | "paused" | "ended")[];
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
            /** @description With `preview`: what the next bill would be. Nothing is stored. */
            200: {
                headers: {
                    /** @description Where the write stands in the log; a read that carries it sees it. */
                    Position?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangePreview"];
                };
            };
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
    rating_add_ons: {
        parameters: {
            query?: {
                id?: string[];
                account_id?: string[];
                plan_id?: string[];
                parent_id?: string[];
                status?: ("pending" | "active" | "suspended" | "paused" | "ended")[];
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
    rating_add_add_on: {
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
                subscription_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddOnBody"];
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
                    "application/json": components["schemas"]["SubscriptionShape"] | components["schemas"]["ChangePreview"];
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
    rating_allowances: {
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
                    "application/json": components["schemas"]["AllowancesShape"];
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
    rating_try_allowances: {
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
                subscription_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TrialBody"];
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
                    "application/json": components["schemas"]["TrialShape"];
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
    rating_change_plan: {
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
                subscription_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangePlanBody"];
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
                    "application/json": components["schemas"]["SubscriptionShape"] | components["schemas"]["ChangePreview"];
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
    rating_change_quantity: {
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
                subscription_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeQuantityBody"];
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
                    "application/json": components["schemas"]["SubscriptionShape"] | components["schemas"]["ChangePreview"];
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
    rating_cancel_change: {
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
                subscription_id: string;
                change_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
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
    rating_contract: {
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
                    "application/json": components["schemas"]["ContractShape"];
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
    rating_pause_subscription: {
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
                subscription_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PauseBody"];
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
                    "application/json": components["schemas"]["SubscriptionShape"] | components["schemas"]["ChangePreview"];
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
    rating_resume_subscription: {
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
                subscription_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReasonBody"];
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
                    "application/json": components["schemas"]["SubscriptionShape"] | components["schemas"]["ChangePreview"];
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
    rating_suspend_subscription: {
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
                subscription_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SuspendBody"];
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
                    "application/json": components["schemas"]["SubscriptionShape"] | components["schemas"]["ChangePreview"];
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
    rating_terminate_subscription: {
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
                subscription_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TerminateBody"];
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
                    "application/json": components["schemas"]["SubscriptionShape"] | components["schemas"]["ChangePreview"];
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
    rating_add_top_up: {
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
                subscription_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TopUpBody"];
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
                    "application/json": components["schemas"]["AllowancesShape"];
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
    invoicing_tax_exemptions: {
        parameters: {
            query?: {
                id?: string[];
                account_id?: string[];
                jurisdiction_id?: string[];
                certificate?: string[];
                valid_on?: string;
                limit?: number;
                cursor?: string;
                page?: number;
                size?: number;
                sort?: "id" | "-id" | "valid_from" | "-valid_from" | "valid_to" | "-valid_to" | "granted_at" | "-granted_at";
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
                    "application/json": components["schemas"]["TaxExemptionPage"];
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
    invoicing_grant_tax_exemption: {
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
                "application/json": components["schemas"]["TaxExemptionBody"];
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
                    "application/json": components["schemas"]["TaxExemptionShape"];
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
    invoicing_tax_exemption: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                exemption_id: string;
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
                    "application/json": components["schemas"]["TaxExemptionShape"];
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
    invoicing_end_tax_exemption: {
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
                exemption_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaxExemptionEndBody"];
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
                    "application/json": components["schemas"]["TaxExemptionShape"];
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
    invoicing_tax_jurisdictions: {
        parameters: {
            query?: {
                id?: string[];
                parent_id?: string[];
                level?: ("country" | "state" | "county" | "city" | "district")[];
                name?: string[];
                limit?: number;
                cursor?: string;
                page?: number;
                size?: number;
                sort?: "id" | "-id" | "name" | "-name" | "level" | "-level" | "defined_at" | "-defined_at";
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
                    "application/json": components["schemas"]["TaxJurisdictionPage"];
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
    invoicing_define_tax_jurisdiction: {
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
                "application/json": components["schemas"]["TaxJurisdictionBody"];
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
                    "application/json": components["schemas"]["TaxJurisdictionShape"];
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
    invoicing_import_tax_jurisdictions: {
        parameters: {
            query?: {
                /** @description tell what it would change; nothing is stored */
                preview?: boolean;
                /** @description changes of one page */
                limit?: number;
                page?: number;
            };
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
                /** @description 1 to 255 visible ASCII characters; a retry under the same key is done once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        /** @description Entries, or a CSV file whose columns are their fields; text/csv is taken as well. */
        requestBody: {
            content: {
                "application/json": {
                    csv?: string;
                    entries?: {
                        [key: string]: unknown;
                    }[];
                };
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
                    "application/json": components["schemas"]["TableImportShape"];
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
    invoicing_tax_jurisdiction: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                jurisdiction_id: string;
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
                    "application/json": components["schemas"]["TaxJurisdictionShape"];
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
    invoicing_change_tax_jurisdiction: {
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
                jurisdiction_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaxJurisdictionChange"];
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
                    "application/json": components["schemas"]["TaxJurisdictionShape"];
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
    invoicing_delete_tax_jurisdiction: {
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
                jurisdiction_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
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
            /** @description Successful Response */
            204: {
                headers: {
                    /** @description Where the write stands in the log; a read that carries it sees it. */
                    Position?: string;
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
    invoicing_quote_tax: {
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
                "application/json": components["schemas"]["TaxQuoteBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaxQuoteShape"];
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
    invoicing_tax_rates: {
        parameters: {
            query?: {
                id?: string[];
                jurisdiction_id?: string[];
                product_tax_class?: string[];
                tax?: string[];
                kind?: ("percent" | "tax_on_tax" | "surcharge")[];
                in_force_on?: string;
                limit?: number;
                cursor?: string;
                page?: number;
                size?: number;
                sort?: "id" | "-id" | "jurisdiction_id" | "-jurisdiction_id" | "effective_from" | "-effective_from" | "rate" | "-rate";
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
                    "application/json": components["schemas"]["TaxRatePage"];
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
    invoicing_define_tax_rate: {
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
                "application/json": components["schemas"]["TaxRateBody"];
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
                    "application/json": components["schemas"]["TaxRateShape"];
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
    invoicing_import_tax_rates: {
        parameters: {
            query?: {
                /** @description tell what it would change; nothing is stored */
                preview?: boolean;
                /** @description changes of one page */
                limit?: number;
                page?: number;
            };
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
                /** @description 1 to 255 visible ASCII characters; a retry under the same key is done once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        /** @description Entries, or a CSV file whose columns are their fields; text/csv is taken as well. */
        requestBody: {
            content: {
                "application/json": {
                    csv?: string;
                    entries?: {
                        [key: string]: unknown;
                    }[];
                };
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
                    "application/json": components["schemas"]["TableImportShape"];
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
    invoicing_tax_rate: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                rate_id: string;
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
                    "application/json": components["schemas"]["TaxRateShape"];
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
    invoicing_change_tax_rate: {
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
                rate_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaxRateChange"];
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
                    "application/json": components["schemas"]["TaxRateShape"];
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
    invoicing_delete_tax_rate: {
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
                rate_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
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
            /** @description Successful Response */
            204: {
                headers: {
                    /** @description Where the write stands in the log; a read that carries it sees it. */
                    Position?: string;
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
    rating_top_ups: {
        parameters: {
            query?: {
                id?: string[];
                account_id?: string[];
                subscription_id?: string[];
                meter?: string[];
                status?: ("active" | "used_up" | "expired" | "cancelled")[];
                limit?: number;
                cursor?: string;
                page?: number;
                size?: number;
                sort?: "added_at" | "-added_at" | "id" | "-id" | "quantity" | "-quantity";
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
                    "application/json": components["schemas"]["TopUpPage"];
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
    rating_top_up: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                top_up_id: string;
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
                    "application/json": components["schemas"]["TopUpShape"];
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
    rating_cancel_top_up: {
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
                top_up_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CancelTopUpBody"];
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
                    "application/json": components["schemas"]["TopUpShape"];
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
    usage_correct: {
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
                "application/json": components["schemas"]["CorrectionBody"];
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
                    "application/json": components["schemas"]["CorrectionShape"];
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
    usage_files: {
        parameters: {
            query?: {
                status?: ("queued" | "running" | "done" | "failed" | "cancelled")[];
                source?: string[];
                format?: string[];
                q?: string;
                from?: string;
                to?: string;
                limit?: number;
                cursor?: string;
                page?: number;
                size?: number;
                sort?: "created_at" | "-created_at" | "size_bytes" | "-size_bytes";
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
                    "application/json": components["schemas"]["FilePage"];
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
    usage_take_file: {
        parameters: {
            query: {
                source: string;
                format?: "asterisk" | "cdr_3gpp" | "csv" | "freeswitch" | "ipdr" | "json";
                time_zone?: string | null;
                name?: string;
            };
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
                /** @description 1 to 255 visible ASCII characters; a retry under the same key is done once. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        /** @description The file, at most 256 MB once unpacked; `Content-Encoding` may be gzip. */
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description The same content was taken before: its first job. */
            200: {
                headers: {
                    /** @description Where the write stands in the log; a read that carries it sees it. */
                    Position?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileJob"];
                };
            };
            /** @description Successful Response */
            202: {
                headers: {
                    /** @description Where the write stands in the log; a read that carries it sees it. */
                    Position?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileJob"];
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
    usage_file: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                file_id: string;
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
                    "application/json": components["schemas"]["FileDetail"];
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
    usage_refused: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                file_id: string;
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
    usage_discard: {
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
                "application/json": components["schemas"]["services__usage__quarantine__actions__DiscardBody"];
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
                    "application/json": components["schemas"]["Discarded"];
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
    usage_recycle: {
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
                "application/json": components["schemas"]["RecycleBody"];
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
                    "application/json": components["schemas"]["Recycled"];
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
                state?: ("accepted" | "rated" | "billed" | "duplicate" | "conflict" | "quarantined" | "late_settled" | "retracted" | "corrected" | "not_billable")[];
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
        /** @description One record, an array, or NDJSON; CloudEvents of type meterlog.usage.v1 as well, and what collectors send: CSV, IPDR, 3GPP charging records, flows, counters (docs/equipment.md). `Content-Encoding` may be gzip or zstd. */
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
    usage_retractions: {
        parameters: {
            query?: {
                status?: "pending" | "done";
                reason?: string[];
                source?: string;
                batch_id?: string[];
                resource_id?: string[];
                from?: string;
                to?: string;
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
                    "application/json": components["schemas"]["RetractionPage"];
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
    usage_retract: {
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
                "application/json": components["schemas"]["RetractionBody"];
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
                    "application/json": components["schemas"]["RetractionShape"];
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
    usage_read_retraction: {
        parameters: {
            query?: never;
            header?: {
                /** @description What this request must see: the `Position` that a write answered with; several with commas. */
                Position?: string;
            };
            path: {
                retraction_id: string;
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
                    "application/json": components["schemas"]["RetractionShape"];
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
    usage_restore: {
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
                retraction_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RestoreBody"];
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
                    "application/json": components["schemas"]["RetractionShape"];
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
    usage_sessions: {
        parameters: {
            query?: {
                account_id?: string[];
                subscription_id?: string[];
                source?: string[];
                session_id?: string[];
                resource?: string[];
                state?: ("open" | "closed" | "estimated")[];
                closed_by?: ("stop" | "accounting_on" | "accounting_off" | "silence")[];
                from?: string;
                to?: string;
                limit?: number;
                cursor?: string;
                page?: number;
                size?: number;
                sort?: "started_at" | "-started_at" | "last_at" | "-last_at" | "heard_at" | "-heard_at";
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
                    "application/json": components["schemas"]["SessionPage"];
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
                    "application/json": components["schemas"]["ReportingUserPage"];
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
