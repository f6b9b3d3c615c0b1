-- What rating has done with the records that usage sent it.

-- How far this rating partition has rated what each usage partition sent it.
create table rated_through (
  partition int not null, usage_partition int not null, usage_seq bigint not null,
  primary key (partition, usage_partition)
);

-- What rating says it has put into its sums, per billing period; `quantity` in 1e-6 units. Pages keep room, so that adding
-- to a row moves neither it nor its index entry.
create table rated_period (
  partition int not null, account_id text not null, subscription_id text not null, meter text not null,
  starts   date    not null,
  records  bigint  not null,
  quantity numeric not null,
  primary key (partition, subscription_id, meter, starts)
) with (fillfactor = 70);
create index rated_period_account on rated_period (account_id);

-- Which records those are, one row for each `UsageRated`: the indexes into `usage/<usage_partition>/<usage_seq>`.
create table rated_usage (
  partition int not null, seq bigint not null, usage_partition int not null, usage_seq bigint not null,
  indexes   smallint[] not null,
  primary key (partition, usage_partition, usage_seq, seq)
);

-- How far each partition of usage had come on each day of the log of rating: events before the first have no rows any more.
create table rated_usage_age (
  partition int not null, usage_partition int not null,
  days date[] not null, seqs bigint[] not null,
  primary key (partition, usage_partition)
);

-- Records that came after their period was closed: that period, and the one whose close charges them. Only few are late.
create table late_usage (
  partition int not null, usage_partition int not null, usage_seq bigint not null, index int not null,
  account_id text not null, subscription_id text not null, meter text not null,
  starts    date not null, billed_in date not null,
  primary key (partition, usage_partition, usage_seq, index)
);
create index late_usage_account on late_usage (account_id, billed_in);

-- Records that were charged with the period from `starts` on and retracted later: credited with the close of `billed_in`.
create table credited_usage (
  partition int not null, usage_partition int not null, usage_seq bigint not null, index int not null,
  account_id text not null, subscription_id text not null, meter text not null,
  starts    date not null, billed_in date not null,
  primary key (partition, usage_partition, usage_seq, index, billed_in)
);
create index credited_usage_account on credited_usage (account_id, billed_in);
