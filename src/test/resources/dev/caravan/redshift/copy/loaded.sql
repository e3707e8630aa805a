SELECT "rows", "manifest" FROM "caravan"."public.web_log" WHERE "batch" = 'web-01JD'
