LOCK "caravan"."Sales ""EU"".orders";
SELECT CAST('already loaded [nonce] ' || MAX("batch") AS INT) FROM "caravan"."Sales ""EU"".orders" WHERE "batch" = 'web-01JD';
COPY "Sales ""EU"""."orders" ("id", "unit price; in €")
FROM 's3://ops/it''s a \\ manifest'
IAM_ROLE 'arn:aws:iam::123456789012:role/a,arn:aws:iam::210987654321:role/b'
MANIFEST
FORMAT AS CSV
IGNOREHEADER 1;
INSERT INTO "caravan"."Sales ""EU"".orders" ("batch", "files", "bytes", "rows", "manifest")
SELECT 'web-01JD', 100, 123456, pg_last_copy_count(), 's3://ops/it''s a \\ manifest'
