"""The Act of `bench.ministry`: its words, its things and states, its three calendars."""

from __future__ import annotations

ACT = """---
id: act
title: Protection Act
kind: statute
citation: Act
cite-as: s. {}
top: true
in-force: 2015-01-01
calendar: civil
---
# Protection Act

```writ
levels severity
  minor
  moderate
  serious
  grave

levels grade
  open
  restricted
  confidential
  secret
  top-secret

body parliament "Parliament"
body ministry "the Ministry"
body council "the council of the regions"
office minister "the Minister"
  in ministry
office state-secretary
  in ministry
  reports to minister
office secretary-general
  in ministry
  reports to minister
office director "a director"
  in ministry
  reports to secretary-general
office inspector "an inspector"
  in ministry
office duty-officer
  in ministry
  reports to secretary-general
office legal-counsel
  in ministry
office press-officer
  in ministry
office archivist
  in ministry
office registrar
  in ministry
office treasurer
  in ministry
office auditor
  in ministry
office chief-scientist
  in ministry
person resident "a resident"
person operator "who runs an undertaking"

thing matter
  field: field
  region: region
thing incident
  is matter
  severity: severity
  casualties: number
  hazardous: yes-no
  cross-border: yes-no
thing licence-file
  is matter
  operator-grade: number
  capacity: number
  objections: yes-no
  foreign-owned: yes-no
thing document
  is matter
  grade: grade
  personal: yes-no
  created: date
thing district

actor
  clearance: grade
  trained: date

event sensor-alarm "a gauge or sensor gives the alarm"
  of incident
event complaint "somebody complains"
  of licence-file
event media-inquiry "the press asks"

fact threat: severity "the threat to the country as the Chief Scientist has it"
fact budget-left: number
fact council-sitting: yes-no

state incident-open "an incident is being dealt with"
  of incident
state alert "an alert is in force"
  of incident
  radius: number
state order-in-force "an order is in force"
  of incident
state evacuation "an area is evacuated"
  of incident
state assistance "help of others is there"
  of incident
state inquiry "the causes are inquired into"
  of incident
state application-open "an application is being dealt with"
  of licence-file
state licence "a licence is in force"
  of licence-file
  capacity: number
state appeal-pending "an appeal is pending"
  of licence-file
state probation "the operator is on probation"
  of licence-file
state classified "a document is classified"
  of document
  level: grade
state embargoed "a document is under embargo"
  of document
state on-loan "a document is on loan"
  of document
state emergency "an emergency of the realm"
state freeze "expenditure is frozen"
state district-alert "a district is on the alert"
  of district

act affair "anything that the regulations may be about"
act ordinance "make a regulation"

definition weighty: yes-no "an incident of weight"
  means incident.severity at least serious or incident.casualties above 10

calendar civil "days and holidays"
  zone Europe/Vienna
  weekend saturday, sunday
  holiday 1 january "New Year"
  holiday 6 january "Epiphany"
  holiday easter + 1 days "Easter Monday"
  holiday 1 may "Labour"
  holiday 15 august "Assumption"
  holiday 26 october "National Day"
  holiday 25 december "Christmas"
  sitting parliament tuesday, wednesday, thursday from 2015-01-01 until 2034-12-31 except holidays

calendar courts "periods of proceedings"
  zone Europe/Vienna
  weekend saturday, sunday
  holiday saturday
  holiday sunday
  holiday 1 january "New Year"
  holiday 1 may "Labour"
  holiday 25 december "Christmas"
  rolls forward
  sitting parliament tuesday, wednesday, thursday from 2015-01-01 until 2034-12-31 except holidays

calendar session "periods before Parliament"
  zone Europe/Vienna
  weekend saturday, sunday
  sitting parliament tuesday, wednesday, thursday from 2015-01-01 until 2034-12-31
  adjourned parliament from 2021-07-10 until 2021-09-15
  adjourned parliament from 2023-07-10 until 2023-09-15
  rolls forward to sitting days of parliament
```
"""
