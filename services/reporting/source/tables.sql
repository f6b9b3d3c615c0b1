-- When something of a source came last, in each partition.
create table heard_source (
  partition int         not null,
  source    text        not null,
  last_seen timestamptz not null,
  primary key (partition, source)
);

-- Sources whose silence asks for attention.
create table watched_source (
  partition      int         not null,
  id             text        not null,
  silent_after_s bigint      not null,
  defined_at     timestamptz not null,
  primary key (partition, id)
);

-- When each was heard last; one that never was is waited for since it was defined.
create view expected_source as
select w.id, w.silent_after_s, coalesce(max(h.last_seen), w.defined_at) as heard_at
  from watched_source w
  left join heard_source h on h.source = w.id
 group by w.partition, w.id;
create index heard_source_by_name on heard_source (source);
