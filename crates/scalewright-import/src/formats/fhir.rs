//! FHIR Questionnaires.
