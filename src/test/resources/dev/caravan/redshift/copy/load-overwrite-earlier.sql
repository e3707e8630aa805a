LOCK "caravan"."public.web_log";
SELECT CAST('already loaded [nonce] ' || MAX("batch") AS INT) FROM "caravan"."public.web_log" WHERE "batch" = 'web-01JD';
CREATE TEMP TABLE "caravan_stage" AS SELECT "id", "at", "N" FROM "public"."web_log" WHERE 1 = 0;
CREATE TEMP TABLE "caravan_rows" AS SELECT "id", "at", "N", 0 AS "caravan_number", CAST('' AS VARCHAR(2048)) AS "caravan_file" FROM "public"."web_log" WHERE 1 = 0;
COPY "caravan_stage"
FROM 's3://ops/manifests/web/web-01JD-1.manifest'
IAM_ROLE default
MANIFEST
FORMAT AS CSV;
INSERT INTO "caravan_rows" SELECT "id", "at", "N", 0, '' FROM "caravan_stage";
CREATE TEMP TABLE "caravan_new" AS SELECT "id", "at", "N" FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY "id" ORDER BY "at" DESC NULLS LAST, "N" DESC NULLS LAST, "caravan_number" DESC NULLS LAST) AS "caravan_rank" FROM "caravan_rows") r WHERE ("caravan_rank" = 1 OR "id" IS NULL);
DELETE FROM "caravan_new" USING "public"."web_log" t WHERE t."id" = "caravan_new"."id" AND (t."at" > "caravan_new"."at" OR ("caravan_new"."at" IS NULL AND t."at" IS NOT NULL) OR ((t."at" = "caravan_new"."at" OR (t."at" IS NULL AND "caravan_new"."at" IS NULL)) AND (t."N" > "caravan_new"."N" OR ("caravan_new"."N" IS NULL AND t."N" IS NOT NULL))));
DELETE FROM "public"."web_log" USING "caravan_new" n WHERE "public"."web_log"."id" = n."id";
INSERT INTO "public"."web_log" ("id", "at", "N") SELECT "id", "at", "N" FROM "caravan_new";
INSERT INTO "caravan"."public.web_log" ("batch", "files", "bytes", "rows", "manifest")
SELECT 'web-01JD', 100, 123456, (SELECT COUNT(*) FROM "caravan_new"), 's3://ops/manifests/web/web-01JD-1.manifest';
DROP TABLE "caravan_stage";
DROP TABLE "caravan_rows";
DROP TABLE "caravan_new"
