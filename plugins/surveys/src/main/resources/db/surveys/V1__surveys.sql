-- A version that was published is never changed again, so that an answer always stands beside the
-- question that was asked. No row refers to another schema.

create table surveys.questionnaire (
    id                uuid        not null primary key,
    -- What the settings name it by.
    key               text        not null unique,
    state             text        not null check (state in ('draft', 'published', 'closed')),
    published_version integer,
    created_at        timestamptz not null,
    updated_at        timestamptz not null
);

create table surveys.version (
    questionnaire_id uuid        not null references surveys.questionnaire,
    number           integer     not null,
    definition       jsonb       not null,
    -- Counts changes of a draft, for If-Match.
    revision         bigint      not null,
    created_at       timestamptz not null,
    published_at     timestamptz,
    primary key (questionnaire_id, number)
);
-- One draft at a time.
create unique index version_draft on surveys.version (questionnaire_id) where published_at is null;

create table surveys.invitation (
    id                   uuid        not null primary key,
    questionnaire_id     uuid        not null references surveys.questionnaire,
    version              integer     not null,
    customer_id          uuid        not null,
    -- Whose it was before two customers turned out to be one.
    original_customer_id uuid        not null,
    state                text        not null
                         check (state in ('invited', 'answered', 'screenedOut')),
    -- The token itself is known to nobody but the one who was invited.
    token_hash           bytea       not null unique,
    -- The trigger and the event that led to it, if any did.
    trigger              text,
    cause_id             uuid,
    -- The event that told of it, so that the answer can name its cause.
    event_id             uuid        not null,
    -- What was said so far on a questionnaire of several screens: question to answer, null for one
    -- that was seen and left blank.
    progress             jsonb,
    invited_at           timestamptz not null,
    expires_at           timestamptz not null
);
-- The proof that no event invites twice.
create unique index invitation_once on surveys.invitation (trigger, cause_id);
create index invitation_by_customer on surveys.invitation (customer_id, id desc);
create index invitation_by_questionnaire on surveys.invitation (questionnaire_id, id desc);

-- One row per customer: the cool-down is decided by an update of it.
create table surveys.contact (
    customer_id uuid        not null primary key,
    invited_at  timestamptz not null
);

create table surveys.response (
    -- The invitation's: its key is the proof that nobody answers twice.
    id                   uuid        not null primary key references surveys.invitation,
    questionnaire_id     uuid        not null,
    version              integer     not null,
    customer_id          uuid        not null,
    original_customer_id uuid        not null,
    nps                  smallint,
    csat                 smallint,
    answered_at          timestamptz not null
);
create index response_by_customer on surveys.response (customer_id, answered_at desc);
create index response_by_questionnaire on surveys.response (questionnaire_id, id desc);

-- One row per value, so a question with several choices has several.
create table surveys.answer (
    response_id uuid    not null references surveys.response,
    question    text    not null,
    value       text    not null,
    -- Free text, which is personal data; value says only that there is some.
    words       text,
    primary key (response_id, question, value)
);

create table surveys.quota (
    id               uuid        not null primary key,
    questionnaire_id uuid        not null references surveys.questionnaire,
    condition        text,
    most             bigint      not null check (most >= 0),
    used             bigint      not null check (used between 0 and most),
    created_at       timestamptz not null
);
create index quota_by_questionnaire on surveys.quota (questionnaire_id, id);

create table surveys.follow_up (
    -- The response's.
    id                   uuid        not null primary key references surveys.response,
    customer_id          uuid        not null,
    original_customer_id uuid        not null,
    state                text        not null
                         check (state in ('open', 'contacted', 'solved', 'confirmed')),
    note                 text,
    -- What the customer was told when it was solved.
    told                 text,
    opened_at            timestamptz not null,
    changed_at           timestamptz not null
);
create index follow_up_by_customer on surveys.follow_up (customer_id, id desc);
create index follow_up_by_state on surveys.follow_up (state, id desc);
