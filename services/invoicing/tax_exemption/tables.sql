-- Certificates that free accounts from taxes. A row is written by the partition of its account.
create table tax_exemption_row (
    partition         integer     not null,
    exemption_id      text        not null,
    account_id        text        not null,
    jurisdiction_id   text        not null,
    tax               text,
    product_tax_class text,
    certificate       text        not null,
    reason            text,
    valid_from        date        not null,
    valid_to          date,
    granted_at        timestamptz not null,
    primary key (partition, exemption_id)
);
create index tax_exemption_by_id on tax_exemption_row (exemption_id);
create index tax_exemption_by_account on tax_exemption_row (account_id, exemption_id);
