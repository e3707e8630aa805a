LOCK "caravan"."public.web_log";
SELECT CAST('already loaded [nonce] ' || MAX("batch") AS INT) FROM "caravan"."public.web_log" WHERE "batch" = 'web-01JD';
SELECT 1; DELETE FROM web_log_old;
DELETE FROM "public"."web_log";
COPY "public"."web_log"
FROM 's3://ops/manifests/web/web-01JD-1.manifest'
IAM_ROLE default
MANIFEST
FORMAT AS CSV;
INSERT INTO loads VALUES ('it;s');
INSERT INTO "caravan"."public.web_log" ("batch", "files", "bytes", "rows", "manifest")
SELECT 'web-01JD', 100, 123456, pg_last_copy_count(), 's3://ops/manifests/web/web-01JD-1.manifest'
