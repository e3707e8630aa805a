LOCK "caravan"."public.web_log";
CREATE TEMP TABLE "caravan_stage" AS SELECT "id", "n" FROM "public"."web_log" WHERE 1 = 0;
COPY "caravan_stage"
FROM 's3://ops/manifests/web/web-01JD-1.manifest'
IAM_ROLE default
MANIFEST
FORMAT AS CSV;
SELECT CAST('readable: ' || count(*) AS INT) FROM "caravan"."public.web_log"
