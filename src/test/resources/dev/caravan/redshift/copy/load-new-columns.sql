LOCK "caravan"."public.web_log";
SELECT CAST('already loaded [nonce] ' || MAX("batch") AS INT) FROM "caravan"."public.web_log" WHERE "batch" = 'web-01JD';
ALTER TABLE "public"."web_log" ADD COLUMN "referrer" VARCHAR(65535);
ALTER TABLE "public"."web_log" ADD COLUMN "a""; DROP TABLE x; --" DECIMAL(9,2);
SELECT 1;
CREATE TEMP TABLE "caravan_stage" AS SELECT "id", "referrer", "a""; DROP TABLE x; --" FROM "public"."web_log" WHERE 1 = 0;
CREATE TEMP TABLE "caravan_rows" AS SELECT "id", "referrer", "a""; DROP TABLE x; --", 0 AS "caravan_number", CAST('' AS VARCHAR(2048)) AS "caravan_file" FROM "public"."web_log" WHERE 1 = 0;
COPY "caravan_stage"
FROM 's3://ops/manifests/web/web-01JD-1.manifest'
IAM_ROLE default
MANIFEST
FORMAT AS JSON 'auto';
INSERT INTO "caravan_rows" SELECT "id", "referrer", "a""; DROP TABLE x; --", 0, '' FROM "caravan_stage";
CREATE TEMP TABLE "caravan_new" AS SELECT "id", "referrer", "a""; DROP TABLE x; --", getdate() AS "loaded_at" FROM "caravan_rows";
INSERT INTO "public"."web_log" ("id", "referrer", "a""; DROP TABLE x; --", "loaded_at") SELECT "id", "referrer", "a""; DROP TABLE x; --", "loaded_at" FROM "caravan_new";
INSERT INTO "caravan"."public.web_log" ("batch", "files", "bytes", "rows", "manifest")
SELECT 'web-01JD', 100, 123456, (SELECT COUNT(*) FROM "caravan_new"), 's3://ops/manifests/web/web-01JD-1.manifest';
DROP TABLE "caravan_stage";
DROP TABLE "caravan_rows";
DROP TABLE "caravan_new"
