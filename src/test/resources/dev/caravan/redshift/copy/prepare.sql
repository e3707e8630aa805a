CREATE SCHEMA IF NOT EXISTS "caravan";
CREATE TABLE IF NOT EXISTS "caravan"."public.web_log" (
  "batch" VARCHAR(128) NOT NULL,
  "files" BIGINT NOT NULL,
  "bytes" BIGINT NOT NULL,
  "rows" BIGINT NOT NULL,
  "manifest" VARCHAR(2048) NOT NULL,
  "loaded_at" TIMESTAMP NOT NULL DEFAULT getdate()
)
