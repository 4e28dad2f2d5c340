"""The faults that `sample --faults` gives: one family file each, as the rules have, listed here.

Codes that no folder can bring about stand in NOT_IN_A_FOLDER, with the reason.
"""

from degreecheck.sample.faults import con as con
from degreecheck.sample.faults import crs as crs
from degreecheck.sample.faults import doc as doc
from degreecheck.sample.faults import idn as idn
from degreecheck.sample.faults import lng as lng
from degreecheck.sample.faults import mat as mat
from degreecheck.sample.faults import pho as pho
from degreecheck.sample.faults import program as program
from degreecheck.sample.faults import sch as sch
from degreecheck.sample.faults import scn as scn
from degreecheck.sample.faults import ths as ths
from degreecheck.sample.faults import win as win
from degreecheck.sample.faults import xck as xck
from degreecheck.sample.faults._fault import FAULTS as FAULTS
from degreecheck.sample.faults._fault import Fault as Fault

NOT_IN_A_FOLDER = {
    "DEC101": "applies only while exporting",
    "DOC104": "no pack that ships states how long a thesis has to be",
    "DOC205": "no pack that ships states a limit",
    "MAT105": "no pack that ships limits a file's bytes",
    "PHO205": "no pack that ships limits the photo's bytes",
    "SCH202": "no pack that ships lists majors",
    "SYS201": "about the checker: an inspection that took too long",
    "SYS202": "about the checker: an inspector that died",
    "SYS301": "about the checker: a rule that raised",
}
