/**
 * Functions of the servers that every application calls and no reader of a log asks for: they are not listed as objects.
 * Anything else that is called is listed, so that a function made for an attack cannot hide among them.
 */
export const BUILTIN_FUNCTIONS: ReadonlySet<string> = new Set(
  `abs age any_value array_agg array_append array_cat array_length array_position array_remove array_to_json array_to_string
  ascii avg bit_and bit_length bit_or bool_and bool_or btrim cardinality cast ceil ceiling char char_length character_length
  chr clock_timestamp coalesce col_description concat concat_ws connection_id convert convert_from convert_to count cos
  cume_dist curdate current_catalog current_database current_date current_query current_role current_schema current_schemas
  current_setting current_time current_timestamp current_user currval curtime database date date_add date_format date_part
  date_sub date_trunc datediff dayofmonth dayofweek dayofyear decode dense_rank encode every exp extract field find_in_set
  first_value floor format format_type found_rows from_base64 from_unixtime gen_random_uuid generate_series generate_subscripts
  get_lock greatest group_concat has_column_privilege has_database_privilege has_function_privilege has_schema_privilege
  has_sequence_privilege has_table_privilege hex hour if ifnull inet_client_addr inet_server_addr initcap instr isnull
  json_agg json_array json_arrayagg json_build_array json_build_object json_each json_extract json_object json_object_agg
  json_objectagg json_unquote json_value jsonb_agg jsonb_array_elements jsonb_build_array jsonb_build_object jsonb_each
  jsonb_object_agg jsonb_set jsonb_typeof lag last_insert_id last_value lastval lcase lead least left length ln localtime
  localtimestamp locate log log10 lower lpad ltrim make_date make_interval max md5 mid min minute mod month name_const nextval
  now nth_value ntile nullif num_nonnulls obj_description octet_length oidvectortypes overlay percent_rank percentile_cont
  percentile_disc pg_advisory_lock pg_advisory_unlock pg_backend_pid pg_client_encoding pg_column_size pg_database_size
  pg_encoding_to_char pg_function_is_visible pg_get_constraintdef pg_get_expr pg_get_function_arguments
  pg_get_function_identity_arguments pg_get_function_result pg_get_functiondef pg_get_indexdef pg_get_partkeydef pg_get_ruledef
  pg_get_serial_sequence pg_get_statisticsobjdef pg_get_triggerdef pg_get_userbyid pg_get_viewdef pg_is_in_recovery
  pg_is_other_temp_schema pg_postmaster_start_time pg_relation_size pg_size_pretty pg_table_is_visible pg_table_size
  pg_total_relation_size pg_try_advisory_lock pg_type_is_visible pg_typeof pi position pow power quarter quote quote_ident
  quote_literal quote_nullable radians rand random rank regexp_match regexp_matches regexp_replace regexp_split_to_array
  regexp_split_to_table regexp_substr release_lock repeat replace reverse right round row row_count row_number row_to_json rpad
  rtrim schema second session_user setseed setval sha1 sha2 sha256 shobj_description sign sin sleep split_part sqrt
  starts_with statement_timestamp stddev str_to_date string_agg string_to_array strpos substr substring substring_index sum
  system_user tan time timediff timestampadd timestampdiff timezone to_base64 to_char to_date to_hex to_json to_jsonb to_number
  to_regclass to_timestamp to_tsquery to_tsvector transaction_timestamp translate treat trim trunc truncate txid_current
  txid_current_snapshot ucase unhex unix_timestamp unnest upper user utc_timestamp uuid values var_pop var_samp variance
  version week weekday width_bucket xmlagg xmlconcat xmlelement xmlforest xmlparse xmlpi xmlroot xmlserialize year`.split(
    /\s+/,
  ),
);
