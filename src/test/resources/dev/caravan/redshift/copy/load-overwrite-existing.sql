LOCK "caravan"."public.web_log";
SELECT CAST('already loaded [nonce] ' || MAX("batch") AS INT) FROM "caravan"."public.web_log" WHERE "batch" = 'web-01JD';
CREATE TEMP TABLE "caravan_stage" AS SELECT "id", "Day", "n" FROM "public"."web_log" WHERE 1 = 0;
CREATE TEMP TABLE "caravan_rows" AS SELECT "id", "Day", "n", 0 AS "caravan_number", CAST('' AS VARCHAR(2048)) AS "caravan_file" FROM "public"."web_log" WHERE 1 = 0;
COPY "caravan_stage"
FROM 's3://ops/manifests/web/web-01JD-1-file-0.manifest'
IAM_ROLE default
MANIFEST
FORMAT AS CSV;
INSERT INTO "caravan_rows" SELECT "id", "Day", "n", 0, 's3://landing/in/web/a.csv' FROM "caravan_stage";
DELETE FROM "caravan_stage";
COPY "caravan_stage"
FROM 's3://ops/manifests/web/web-01JD-1-file-1.manifest'
IAM_ROLE default
MANIFEST
FORMAT AS CSV;
INSERT INTO "caravan_rows" SELECT "id", "Day", "n", 1, 's3://landing/in/web/it''s.csv' FROM "caravan_stage";
CREATE TEMP TABLE "caravan_new" AS SELECT "id", "Day", "n" FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY "id", "Day" ORDER BY "caravan_number" DESC NULLS LAST) AS "caravan_rank" FROM "caravan_rows") r WHERE ("caravan_rank" = 1 OR "id" IS NULL OR "Day" IS NULL);
DELETE FROM "public"."web_log" USING "caravan_new" n WHERE "public"."web_log"."id" = n."id" AND "public"."web_log"."Day" = n."Day";
INSERT INTO "public"."web_log" ("id", "Day", "n") SELECT "id", "Day", "n" FROM "caravan_new";
INSERT INTO "caravan"."public.web_log" ("batch", "files", "bytes", "rows", "manifest")
SELECT 'web-01JD', 100, 123456, (SELECT COUNT(*) FROM "caravan_new"), 's3://ops/manifests/web/web-01JD-1.manifest';
DROP TABLE "caravan_stage";
DROP TABLE "caravan_rows";
DROP TABLE "caravan_new"
