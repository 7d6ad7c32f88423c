"""The 18 columns of a REDCap data dictionary, and their allowed values."""

COLUMNS = ['Variable / Field Name', 'Form Name', 'Section Header', 'Field Type', 'Field Label',
           'Choices, Calculations, OR Slider Labels', 'Field Note', 'Text Validation Type OR Show Slider Number',
           'Text Validation Min', 'Text Validation Max', 'Identifier?', 'Branching Logic (Show field only if...)',
           'Required Field?', 'Custom Alignment', 'Question Number (surveys only)', 'Matrix Group Name',
           'Matrix Ranking?', 'Field Annotation']
API_COLUMNS = ['field_name', 'form_name', 'section_header', 'field_type', 'field_label',
               'select_choices_or_calculations', 'field_note', 'text_validation_type_or_show_slider_number',
               'text_validation_min', 'text_validation_max', 'identifier', 'branching_logic', 'required_field',
               'custom_alignment', 'question_number', 'matrix_group_name', 'matrix_ranking', 'field_annotation']
(VAR, FORM, SECTION, TYPE, LABEL, CHOICES, NOTE, VALID, VMIN, VMAX, IDENT, BRANCH, REQUIRED, ALIGN, QNUM, MATRIX,
 RANK, ANNOT) = range(18)
LETTER = 'ABCDEFGHIJKLMNOPQR'

FIELD_TYPES = ['text', 'notes', 'radio', 'dropdown', 'calc', 'file', 'checkbox', 'yesno', 'truefalse', 'descriptive',
               'slider', 'sql']
CHOICE_TYPES = ('radio', 'dropdown', 'checkbox')
VALIDATIONS = set('''date_ymd date_mdy date_dmy datetime_ymd datetime_mdy datetime_dmy datetime_seconds_ymd
datetime_seconds_mdy datetime_seconds_dmy time time_hh_mm_ss time_mm_ss email integer number number_1dp number_2dp
number_3dp number_4dp number_comma_decimal number_1dp_comma_decimal number_2dp_comma_decimal
number_3dp_comma_decimal number_4dp_comma_decimal phone phone_australia phone_uk zipcode postalcode_australia
postalcode_canada postalcode_french postalcode_germany postalcode_uk ssn mrn_10d mrn_generic alpha_only
vmrn'''.split())
LEGACY_VALIDATIONS = {'int': 'integer', 'float': 'number', 'date': 'date_ymd', 'datetime': 'datetime_ymd',
                      'datetime_seconds': 'datetime_seconds_ymd'}
RESERVED_JS = {'new', 'return', 'continue', 'case', 'class', 'enum', 'catch', 'throw'}
RESERVED_SYSTEM = {'redcap_event_name', 'redcap_repeat_instrument', 'redcap_repeat_instance',
                   'redcap_data_access_group', 'redcap_survey_identifier', 'redcap_survey_timestamp',
                   'redcap_csrf_token', 'redcap_unique_event_name'}
ALIGNMENTS = {'', 'RV', 'RH', 'LV', 'LH'}
ACTION_TAGS = set('''@HIDDEN @HIDDEN-FORM @HIDDEN-SURVEY @HIDDEN-APP @HIDDEN-PDF @READONLY @READONLY-FORM
@READONLY-SURVEY @READONLY-APP @CALCTEXT @CALCDATE @DEFAULT @SETVALUE @PREFILL @NOW @NOW-SERVER @NOW-UTC @TODAY
@TODAY-SERVER @TODAY-UTC @USERNAME @APPUSERNAME-APP @IF @HIDECHOICE @SHOWCHOICE @NONEOFTHEABOVE @MAXCHOICE
@MAXCHECKED @MAXCHOICE-SURVEY-COMPLETE @RANDOMORDER @CHARLIMIT @WORDLIMIT @PLACEHOLDER @PASSWORDMASK @RICHTEXT
@FORCE-MINMAX @INLINE @INLINE-PREVIEW @LATITUDE @LONGITUDE @BARCODE-APP @SYNC-APP @NOMISSING @HIDEBUTTON
@HIDESUBMIT @HIDESUBMIT-FORM @HIDESUBMIT-SURVEY @HIDESUBMITONLY @HIDESUBMITONLY-FORM @HIDESUBMITONLY-SURVEY
@HIDEREPEAT @HIDEREPEAT-FORM @HIDEREPEAT-SURVEY @HIDESAVE @HIDESAVE-FORM @HIDESAVE-SURVEY @LANGUAGE
@LANGUAGE-CURRENT-FORM @LANGUAGE-CURRENT-SURVEY @LANGUAGE-FORCE @LANGUAGE-FORCE-FORM @LANGUAGE-FORCE-SURVEY
@LANGUAGE-SET @LANGUAGE-SET-FORM @LANGUAGE-SET-SURVEY @LANGUAGE-MENU-STATIC @CONSENT-VERSION @DOWNLOAD-COUNT
@SAVE-PROMPT-EXEMPT @SAVE-PROMPT-EXEMPT-WHEN-AUTOSET @MC-PARTICIPANT-CODE @MC-PARTICIPANT-JOINDATE
@MC-PARTICIPANT-JOINDATE-UTC @MC-PARTICIPANT-TIMEZONE @MC-FIELD-HIDDEN @MC-FIELD-FILE-IMAGECAPTURE
@MC-FIELD-FILE-VIDEOCAPTURE @MC-FIELD-SLIDER-BASIC @MC-FIELD-SLIDER-CONTINUOUS @MC-FIELD-TEXT-BARCODE
@MC-TASK-UUID @MC-TASK-STARTDATE @MC-TASK-ENDDATE @MC-TASK-SCHEDULEDATE @MC-TASK-STATUS
@MC-TASK-SUPPLEMENTALDATA @MC-TASK-SERIALIZEDRESULT'''.split())
