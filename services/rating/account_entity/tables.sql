-- Which legal entity an account is of; written by the partition of the account. Of those of the operator there may be none.
create table account_entity (
    partition    integer not null,
    account_id   text    not null,
    legal_entity text,
    primary key (partition, account_id)
);
create index account_entity_entity on account_entity (legal_entity, account_id) where legal_entity is not null;
create index account_entity_account on account_entity (account_id) include (legal_entity);
