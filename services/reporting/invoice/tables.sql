-- Documents with their lines; what was paid of them is joined in a view.

create table bill_profile_row (
  partition int not null, account_id text not null,
  terms_days int not null, tax_rate text, tax jsonb not null, own_terms boolean not null,
  primary key (partition, account_id)
);

-- The document. Until it is locked, `tax` and `total` are `provisional`: what locking it would fix, as invoicing told.
-- `version` counts the invoice's events. A draft below zero ends as `carried_forward`: it is a line of `carried_into`.
-- One that another account pays ends as `passed_on`: its lines are on `passed_into`, too. One that was issued may become
-- `void`, or be credited in full and `replaced_by` another.
create table invoice_row (
  partition    int     not null,
  invoice_id   text    not null,
  account_id   text    not null,
  status       text    not null,
  number       text,
  currency     text    not null,
  cycle_id     text,
  run_id       text,
  period_start date    not null,
  period_end   date    not null,
  issued_on    date,
  due_on       date,
  net          numeric not null,
  tax          numeric not null,
  total        numeric not null,
  provisional  boolean not null,
  carried_into text,
  passed_to    text,
  passed_into  text,
  replaces     text,
  replaced_by  text,
  void_reason  text,
  voided_on    date,
  tax_groups   jsonb   not null default '[]',
  allowances   jsonb   not null default '[]',
  version      int     not null,
  drafted_at   timestamptz not null,
  kind         text    not null,
  corrects     text,
  reason       text,
  legal_entity text,
  approval            text,
  approval_version    int,
  approval_asked_by   text,
  approval_by         text,
  approval_reason     text,
  clearance           text not null,
  clearance_authority text,
  clearance_reference text,
  clearance_reason    text,
  clearance_at        timestamptz,
  locked_at           timestamptz,
  region              text,
  primary key (partition, invoice_id)
);
create index invoice_row_corrects on invoice_row (corrects) where corrects is not null;
create index invoice_row_approval on invoice_row (approval, invoice_id) where approval is not null;
create index invoice_row_clearance on invoice_row (clearance, invoice_id) where clearance <> 'none';
create index invoice_row_cycle on invoice_row (cycle_id, period_end) where status = 'issued';
create index invoice_row_drafts on invoice_row (period_end) where status = 'draft';
create index invoice_row_locked on invoice_row (locked_at) where status = 'locked';
create index invoice_row_id on invoice_row (invoice_id);
create index invoice_row_number on invoice_row (number);
create index invoice_row_number_begins on invoice_row (lower(number) collate "C");
create index invoice_row_begins on invoice_row (lower(invoice_id) collate "C");
create index invoice_row_account on invoice_row (account_id);
create index invoice_row_account_begins on invoice_row (lower(account_id) collate "C");
create index invoice_row_issued on invoice_row (issued_on, invoice_id);
create index invoice_row_discounted on invoice_row (issued_on, invoice_id) where allowances <> '[]';

create table invoice_line_row (
  partition       int     not null,
  invoice_id      text    not null,
  n               int     not null,
  charge_id       text,
  kind            text    not null,
  description     text    not null,
  subscription_id text,
  plan_id         text,
  plan_version    int,
  meter           text,
  unit            text,
  quantity        numeric,
  records         bigint  not null,
  period_start    date    not null,
  period_end      date    not null,
  net             numeric not null,
  gross           numeric,
  carried_from    text,
  account_id      text,
  added_at        timestamptz not null,
  primary key (partition, invoice_id, n)
);
create index invoice_line_charge on invoice_line_row (charge_id);

-- An invoice with what has been paid. Nothing is due before it is issued; one without a receivable yet owes its total.
create view invoice_view as
select i.partition, i.invoice_id, i.account_id, i.status, i.number, i.currency, coalesce(i.cycle_id, a.cycle_id) as cycle_id,
       i.run_id, i.period_start, i.period_end, i.issued_on, i.due_on, i.net, i.tax, i.total, i.provisional, i.carried_into, i.passed_to, i.passed_into,
       i.replaces, i.replaced_by, i.void_reason, i.voided_on,
       i.kind, i.corrects, i.reason, i.legal_entity, i.approval_version, i.approval_asked_by, i.approval_by, i.approval_reason,
       case when i.status = 'draft' and i.approval_version = i.version then i.approval end as approval,
       i.clearance, i.clearance_authority, i.clearance_reference, i.clearance_reason, i.clearance_at,
       i.tax_groups, i.allowances, i.version, i.drafted_at, coalesce(a.time_zone, 'UTC') as time_zone, s.paid, s.credited,
       s.written_off, s.due,
       case when i.status <> 'issued' then 'unpaid'
            when s.due = 0 and s.written_off > 0 then 'written_off'
            when s.due = 0 then 'paid'
            when s.paid > 0 then 'partially_paid' else 'unpaid' end as payment_status,
       (select min(d.sent_at) from delivery_row d
         where d.partition = i.partition and d.document_id = i.invoice_id) as sent_at,
       -- Of the last delivery of each channel the one that needs a person soonest.
       (select d.status from delivery_row d
         where d.partition = i.partition and d.document_id = i.invoice_id
           and not exists (select 1 from delivery_row n
                            where n.partition = d.partition and n.document_id = d.document_id and n.channel = d.channel
                              and (n.asked_at, n.delivery_id) > (d.asked_at, d.delivery_id))
         order by array_position(array['bounced', 'failed', 'unknown', 'sending', 'waiting', 'sent', 'cancelled'], d.status)
         limit 1) as delivery_status
  from invoice_row i
  left join account_row a on a.partition = i.partition and a.account_id = i.account_id
  left join receivable_row r on r.partition = i.partition and r.invoice_id = i.invoice_id
 cross join lateral (
       select case when i.status = 'issued' then coalesce(r.amount - r.open - r.credited - r.written_off, 0) else 0 end as paid,
              case when i.status = 'issued' then coalesce(r.written_off, 0) else 0 end as written_off,
              case when i.status = 'issued' then coalesce(r.credited, 0) else 0 end as credited,
              case when i.status = 'issued' then coalesce(r.open, i.total) else 0 end as due) s;
