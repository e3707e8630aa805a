LOCK "caravan"."public.web_log";
SELECT CAST('already loaded [nonce] ' || MAX("batch") AS INT) FROM "caravan"."public.web_log" WHERE "batch" = 'web-01JD';
DELETE FROM "public"."web_log" WHERE "source file" IN ('s3://landing/in/web/it''s.csv', 's3://landing/in/web/b.csv');
COPY "public"."web_log" ("id", "source file")
FROM 's3://ops/manifests/web/web-01JD-1.manifest'
IAM_ROLE default
MANIFEST
FORMAT AS CSV;
INSERT INTO "caravan"."public.web_log" ("batch", "files", "bytes", "rows", "manifest")
SELECT 'web-01JD', 100, 123456, pg_last_copy_count(), 's3://ops/manifests/web/web-01JD-1.manifest'
