package dev.caravan.migrate.datapipeline;

/** Definitions as {@code aws datapipeline get-pipeline-definition} prints them, of a shop that never was. */
public final class Pipelines {
    /** What every one of them keeps secret. */
    public static final String SECRET = "S3cr3t-of-nobody";

    private Pipelines() {}

    /** Orders, by the day, as the console's template for RDS and Redshift makes it, with its parameters. */
    public static final String CONSOLE = """
            {
              "objects": [
                {"id": "Default", "name": "Default", "scheduleType": "cron", "failureAndRerunMode": "CASCADE",
                 "role": "DataPipelineDefaultRole", "resourceRole": "DataPipelineDefaultResourceRole",
                 "pipelineLogUri": "s3://shop-logs/pipeline/", "schedule": {"ref": "ScheduleId_a1"},
                 "onFail": {"ref": "ActionId_f1"}},
                {"id": "ScheduleId_a1", "name": "Nightly", "type": "Schedule", "period": "1 day",
                 "startDateTime": "2019-03-04T02:30:00"},
                {"id": "SqlDataNodeId_o1", "name": "SrcOrders", "type": "SqlDataNode", "table": "#{mySourceTable}",
                 "database": {"ref": "DatabaseId_m1"},
                 "selectQuery": "select * from #{table} where #{myChangedColumn} >= '#{format(@scheduledStartTime, 'YYYY-MM-dd HH:mm:ss')}' and #{myChangedColumn} < '#{format(@scheduledEndTime, 'YYYY-MM-dd HH:mm:ss')}' and deleted = 0"},
                {"id": "DatabaseId_m1", "name": "shop_mysql", "type": "JdbcDatabase", "jdbcDriverClass": "com.mysql.jdbc.Driver",
                 "connectionString": "#{mySourceUrl}", "username": "#{mySourceUser}", "*password": "#{*mySourcePassword}",
                 "jdbcProperties": "allowMultiQueries=true"},
                {"id": "CopyActivityId_c1", "name": "OrdersToS3", "type": "CopyActivity", "input": {"ref": "SqlDataNodeId_o1"},
                 "output": {"ref": "S3DataNodeId_s1"}, "runsOn": {"ref": "ResourceId_e1"}},
                {"id": "S3DataNodeId_s1", "name": "Staging", "type": "S3DataNode",
                 "directoryPath": "#{myStaging}/#{format(@scheduledStartTime, 'YYYY-MM-dd-HH-mm-ss')}"},
                {"id": "ActivityId_t1", "name": "MakeTable", "type": "ShellCommandActivity", "output": {"ref": "DataNodeId_r1"},
                 "input": {"ref": "SqlDataNodeId_o1"}, "scriptUri": "s3://shop-scripts/make-table.sh",
                 "scriptArgument": ["--rds_pwd=#{*mySourcePassword}", "--red_dist=#{myDist}", "--red_sort=#{mySort}",
                 "--red_map=#{myTypes}"], "runsOn": {"ref": "ResourceId_e1"}},
                {"id": "ActivityId_l1", "name": "LoadOrders", "type": "RedshiftCopyActivity", "input": {"ref": "S3DataNodeId_s1"},
                 "output": {"ref": "DataNodeId_r1"}, "insertMode": "#{myMode}", "dependsOn": {"ref": "ActivityId_t1"},
                 "onSuccess": {"ref": "ActionId_g1"}, "runsOn": {"ref": "ResourceId_e1"}, "maximumRetries": "2"},
                {"id": "DataNodeId_r1", "name": "DestOrders", "type": "RedshiftDataNode", "schemaName": "sales",
                 "tableName": "orders", "primaryKeys": ["order_id", "line"], "database": {"ref": "DatabaseId_r1"}},
                {"id": "DatabaseId_r1", "name": "warehouse", "type": "RedshiftDatabase",
                 "connectionString": "jdbc:postgresql://warehouse.abc123.eu-west-1.redshift.amazonaws.com:5439/dwh?tcpKeepAlive=true",
                 "username": "loader", "*password": "S3cr3t-of-nobody"},
                {"id": "ActivityId_x1", "name": "ClearStaging", "type": "ShellCommandActivity", "stage": "false",
                 "input": {"ref": "S3DataNodeId_s1"}, "command": "aws s3 rm #{input.directoryPath} --recursive",
                 "dependsOn": {"ref": "ActivityId_l1"}, "runsOn": {"ref": "ResourceId_e1"}},
                {"id": "ResourceId_e1", "name": "Worker", "type": "Ec2Resource", "instanceType": "m3.medium",
                 "securityGroupIds": ["sg-1", "sg-2"], "terminateAfter": "2 Hours"},
                {"id": "ActionId_f1", "name": "Alarm", "type": "SnsAlarm", "topicArn": "arn:aws:sns:eu-west-1:123456789012:shop-alarms",
                 "subject": "failed", "message": "#{node.@scheduledStartTime}", "role": "DataPipelineDefaultRole"},
                {"id": "ActionId_g1", "name": "Done", "type": "SnsAlarm", "topicArn": "arn:aws:sns:eu-west-1:123456789012:shop-loads",
                 "subject": "done", "message": "done", "role": "DataPipelineDefaultRole"}
              ],
              "parameters": [
                {"id": "*mySourcePassword", "type": "String", "description": "password"},
                {"id": "mySourceTable", "type": "String"},
                {"id": "myChangedColumn", "type": "String", "default": "updated_at"},
                {"id": "myMode", "type": "String", "default": "APPEND"},
                {"id": "myTypes", "type": "String", "optional": "true"},
                {"id": "mySort", "type": "String", "isArray": "true"}
              ],
              "values": {
                "*mySourcePassword": "S3cr3t-of-nobody", "mySourceTable": "orders", "myMode": "OVERWRITE_EXISTING",
                "mySourceUrl": "jdbc:mysql://root:S3cr3t-of-nobody@shop-prod.abc123.eu-west-1.rds.amazonaws.com:3306/shop?useSSL=true&password=S3cr3t-of-nobody",
                "mySourceUser": "pipeline", "myStaging": "s3://shop-staging/redshift", "myDist": "order_id",
                "mySort": ["created_at", "order_id"], "myTypes": ""
              }
            }
            """;

    /** Written by hand: two tables of an RDS instance, of which the definition says no address, hourly and on demand. */
    public static final String BY_HAND = """
            {"objects": [
              {"id": "Default", "scheduleType": "timeseries", "schedule": {"ref": "Hourly"}},
              {"id": "Hourly", "type": "Schedule", "period": "6 Hours", "startDateTime": "2018-01-01T05:10:00", "endDateTime": "2031-01-01T00:00:00"},
              {"id": "Crm", "type": "RdsDatabase", "rdsInstanceId": "crm-db", "region": "eu-central-1", "databaseName": "crm",
               "username": "reader", "*password": "#{myPlainPassword}"},
              {"id": "Cluster", "type": "RedshiftDatabase", "clusterId": "analytics", "databaseName": "dev", "username": "loader",
               "*password": "S3cr3t-of-nobody"},
              {"id": "loads", "scheduleType": "ondemand"},
              {"id": "People", "type": "SqlDataNode", "table": "people", "database": {"ref": "Crm"},
               "selectQuery": "SELECT * FROM #{table} WHERE country IN ('DE','AT') AND active = 1;"},
              {"id": "PeopleOut", "type": "S3DataNode", "filePath": "s3://crm-staging/out/people.csv"},
              {"id": "PeopleIn", "type": "S3DataNode", "filePath": "s3://crm-staging/out/people.csv", "dataFormat": {"ref": "Csv"}},
              {"id": "Csv", "type": "CSV"},
              {"id": "CopyPeople", "type": "CopyActivity", "input": {"ref": "People"}, "output": {"ref": "PeopleOut"}},
              {"id": "LoadPeople", "type": "RedshiftCopyActivity", "input": {"ref": "PeopleIn"}, "output": {"ref": "PeopleTable"},
               "insertMode": "TRUNCATE", "commandOptions": ["TRUNCATECOLUMNS", "CREDENTIALS 'aws_secret_access_key=S3cr3t-of-nobody'"],
               "queue": "loads"},
              {"id": "PeopleTable", "type": "RedshiftDataNode", "tableName": "people", "database": {"ref": "Cluster"},
               "createTableSql": "CREATE TABLE IF NOT EXISTS public.people (id BIGINT NOT NULL, name VARCHAR(200) DEFAULT 'x, y', born DATE SORTKEY, PRIMARY KEY (id)) DISTSTYLE KEY DISTKEY(id);"},
              {"id": "Notes", "type": "SqlDataNode", "table": "crm.notes", "database": {"ref": "Crm"},
               "selectQuery": "select n.*, p.name from notes n join people p on p.id = n.person"},
              {"id": "NotesS3", "type": "S3DataNode", "directoryPath": "s3://crm-staging/notes"},
              {"id": "CopyNotes", "type": "CopyActivity", "input": {"ref": "Notes"}, "output": {"ref": "NotesS3"}},
              {"id": "LoadNotes", "type": "RedshiftCopyActivity", "parent": {"ref": "loads"}, "input": {"ref": "NotesS3"},
               "output": {"ref": "NotesTable"}, "insertMode": "KEEP_EXISTING",
               "transformSql": "select id, upper(text) from staging"},
              {"id": "NotesTable", "type": "RedshiftDataNode", "tableName": "notes", "database": {"ref": "Cluster"}},
              {"id": "LoadLogs", "type": "RedshiftCopyActivity", "input": {"ref": "Logs"}, "output": {"ref": "PeopleTable"}, "insertMode": "APPEND"},
              {"id": "Logs", "type": "S3DataNode", "directoryPath": "s3://crm-logs/in"},
              {"id": "Odd", "type": "QuantumActivity", "input": {"ref": "Nowhere"}}
            ],
            "values": {"myPlainPassword": "S3cr3t-of-nobody"}}
            """;
}
